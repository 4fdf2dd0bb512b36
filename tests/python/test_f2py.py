"""f2py beyond NumPy's own tests: one module with many things in it, and what reading finds."""
import os
import shutil
import subprocess
import sys

import pytest

from fnp.f2py import crackfortran, symbolic

FORTRAN = """\
module kinds_mod
  integer, parameter :: dp = kind(1.d0)
end module
module work
  use kinds_mod, only: wp => dp
  implicit none
  private
  public :: sq, vec, tt, nm, grow
  real(wp), allocatable, save, dimension(:,:) :: tt
  character(len=10) :: nm = 'abc'
contains
  elemental function sq(x) result(y)
    real(wp), intent(in) :: x
    real(wp) :: y
    y = x*x
  end function
  function vec(n) result(v)
    integer, intent(in) :: n
    real(wp) :: v(n)
    integer :: i
    v = (/ (i*1.0d0, i=1,n) /)
  end function
  subroutine grow(a)
    real(wp), intent(inout) :: a(:,:)
    a = a + 1
    if (.not. allocated(tt)) allocate(tt(2,2))
    tt = 5
  end subroutine
end module work
subroutine cp(n, x)
  integer n
  real(8) x(n)
!f2py intent(in,out,copy) x
  x = x*2
end subroutine
subroutine inpl(n, x)
  integer n
  real(8) x(n)
!f2py intent(inplace) x
  x = x*2
end subroutine
subroutine defs(b, c)
  real b(3)
  character*4 c
!f2py real optional, dimension(3), intent(in,out) :: b = _i[0]*2
!f2py character*4 optional, intent(in,out) :: c = 'xyz'
  b = b + 1
end subroutine
subroutine total(f, a, b, n, r)
  external f
  real(8) f, a, b, r, h
  integer n, i
!f2py intent(out) r
!f2py integer optional, check(n>0) :: n = 10
  h = (b-a)/n
  r = 0
  do i = 1, n
    r = r + f(a + (i-0.5d0)*h)*h
  end do
end subroutine
"""


CHECKS = """
import numpy as np
import fnp_many as m

def raises(error, call, text=""):
    try:
        call()
    except error as e:
        assert text in str(e), e
    else:
        raise AssertionError(error)

# kinds that modules rename, array-valued functions
assert m.work.sq(3) == 9.0
assert m.work.vec(3).tolist() == [1, 2, 3]
# allocatable arrays come and go
work = m.work
assert work.tt is None
a = np.ones((2, 3), order="F")
work.grow(a)
assert a.tolist() == [[2, 2, 2], [2, 2, 2]] and work.tt.tolist() == [[5, 5], [5, 5]]
work.tt = np.eye(3)
assert work.tt.shape == (3, 3)
work.tt = None
assert work.tt is None
work.nm = "hello"
assert work.nm == b"hello     "
raises(AttributeError, lambda: delattr(work, "nm"))
# copies, changes in place, defaults
x = np.arange(3.0)
assert m.cp(x).tolist() == [0, 2, 4] and x.tolist() == [0, 1, 2]
assert m.cp(x, overwrite_x=1) is x and x.tolist() == [0, 2, 4]
y = np.arange(3)
m.inpl(y)
assert y.tolist() == [0, 2, 4] and y.dtype == np.float64
b, c = m.defs()
assert b.tolist() == [1, 3, 5] and c == b"xyz"
# call-backs take extra arguments and raise
assert abs(m.total(lambda x, k: x**k, 0, 1, 200, (3,)) - 0.25) < 1e-4
raises(ZeroDivisionError, lambda: m.total(lambda x: 1 / 0, 0, 1))
raises(m._fnp_many_error, lambda: m.total(np.cos, 0, 1, n=0), "n>0")
"""


def run(folder, *words):
    done = subprocess.run([sys.executable, *words], cwd=folder, capture_output=True, text=True, timeout=300,
                          env={**os.environ, "FNP_DROP_IN": "1"})
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]


def test_a_module_with_many_things_in_it(tmp_path):
    path = os.pathsep.join([os.environ.get("PATH", ""), os.path.dirname(sys.executable)])
    if not (shutil.which("meson", path=path) and shutil.which("gfortran")):
        pytest.skip("needs gfortran and Meson")
    (tmp_path / "many.f90").write_text(FORTRAN)
    run(tmp_path, "-m", "numpy.f2py", "-c", "-m", "fnp_many", "many.f90")
    run(tmp_path, "-c", CHECKS)


def test_integer_quotients_are_not_reordered():
    half = symbolic.fromstring("n/2")
    assert (half * 2).tostring(language=symbolic.Language.C) == "2 * (n / 2)"
    assert str(symbolic.fromstring("a/(b*c)")) == "a / (b * c)"


def test_extents_give_what_can_be_left_out(tmp_path):
    path = tmp_path / "a.f90"
    path.write_text("subroutine s(a, k, w, l)\n integer k, l\n real a(0:k-1), w(max(1,l))\nend\n")
    block, = crackfortran.crackfortran([str(path)])
    k, ell = block["vars"]["k"], block["vars"]["l"]
    assert k["="] == "shape(a, 0)" and "optional" in k["attrspec"]
    assert "required" in ell["attrspec"] and block["vars"]["w"]["depend"] == ["l"]


def test_heads_and_words_that_look_like_heads(tmp_path):
    path = tmp_path / "b.f90"
    path.write_text("recursive real(kind=8) function f(x) result(r)\n integer, intent(in) :: x\n real :: data, type\n"
                    " character(len=*), parameter :: s = 'a;b!c'\n data = 3; type = data\n"
                    " select case (x)\n case (1)\n r = 1\n end select\n print *, 'subroutine g(y)'\nend function\n")
    block, = crackfortran.crackfortran([str(path)])
    assert (block["name"], block["args"], block["result"]) == ("f", ["x"], "r")
    assert block["vars"]["r"] == {"typespec": "real", "kindselector": {"kind": "8"}}
    text = crackfortran.crack2fortran([block])
    assert "function f(x) result (r)" in text and "real(kind=8) :: r" in text


def test_templates_and_questions_about_routines():
    from fnp.f2py import auxfuncs as aux
    assert aux.replace("f(#a#) #b#", {"a": ["x", "#c#"], "c": "1", "separatorsfor": {"a": ", "}}) == "f(x, 1) #b#"
    assert aux.dictappend({"a": "x", "l": ["1"], "_x": 1}, {"a": ["y"], "l": "2", "_x": 2}) == \
        {"a": ["x", "y"], "l": ["1", "2"], "_x": 1}
    rules = [{"text": "#k#", "_check": lambda var: False}, {"text": {aux.isarray: "array", aux.isscalar: "#k#"}},
             {"text": "last", "_break": ""}, {"text": "never"}]
    assert aux.applyrules(rules, {"k": "1"}, {"typespec": "real"}) == {"text": ["1", "last"]}
    variables = {"x": {"typespec": "real", "dimension": ["n"]}, "s": {"typespec": "character", "charselector": {"len": "5"}}}
    assert aux.getcallprotoargument({"args": ["x", "s"], "vars": variables}) == "float*,string,size_t"
    assert aux.getargs2({"args": ["x"], "vars": {"x": {}, "k": {"intent": ["aux"]}}}) == (["k", "x"], ["k", "x"])
    assert aux.getdimension({"attrspec": ["allocatable", "dimension(n,m)"]}) == ["n,m"]
