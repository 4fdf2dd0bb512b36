"""Einstein summation: reading the subscripts, ordering the contractions, doing them.

A contraction of many operands is done pair by pair; finding a good order of pairs is the work of
`einsum_path`. Pairs of arrays go to `matmul` where they are matrix products in disguise.
"""
import itertools
import math

from .multiarray import c_einsum
from .numeric import asanyarray, matmul
from .overrides import array_function_dispatch

__all__ = ['einsum', 'einsum_path']

einsum_symbols = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
einsum_symbols_set = set(einsum_symbols)


# ---- costs ----

def _size(labels, sizes):
    return math.prod(sizes[label] for label in labels)


def _flop_count(labels, inner, num_terms, sizes):
    """Operations of one contraction; `inner` says whether it sums, too."""
    return _size(labels, sizes) * (max(1, num_terms - 1) + bool(inner))


class _Step:
    """What contracting the operands at `positions` does to a list of label sets."""

    __slots__ = ('positions', 'result', 'involved', 'inputs', 'flops', 'size', 'saved')

    def __init__(self, positions, inputs, output, sizes):
        chosen = [inputs[i] for i in positions]
        others = [labels for i, labels in enumerate(inputs) if i not in positions]
        self.positions = positions
        self.involved = set().union(*chosen)
        # Labels that someone still needs stay.
        self.result = self.involved & output.union(*others)
        self.inputs = [*others, self.result]
        self.flops = _flop_count(self.involved, self.involved - self.result, len(positions), sizes)
        self.size = _size(self.result, sizes)
        self.saved = sum(_size(labels, sizes) for labels in chosen) - self.size


def _optimal_path(inputs, output, sizes, memory_limit):
    """The cheapest order of pairs: all orders are tried."""
    reached = [(0, [], inputs)]
    for done in range(len(inputs) - 1):
        following = []
        for cost, path, remaining in reached:
            for pair in itertools.combinations(range(len(inputs) - done), 2):
                step = _Step(pair, remaining, output, sizes)
                if step.size <= memory_limit:
                    following.append((cost + step.flops, [*path, pair], step.inputs))
        if not following:
            # The limit permits no pair: the rest goes in one step.
            best = min(reached, key=lambda r: r[0])
            return best[1] + [tuple(range(len(inputs) - done))]
        reached = following
    return min(reached, key=lambda r: r[0])[1] if reached[0][1] else [tuple(range(len(inputs)))]


def _greedy_path(inputs, output, sizes, memory_limit):
    """An order of pairs in which each step frees the most memory, then costs the least."""
    if len(inputs) <= 2:
        return [tuple(range(len(inputs)))]
    everything = _Step(tuple(range(len(inputs))), inputs, output, sizes)
    naive, spent, path = everything.flops, 0, []

    def candidate(pair, remaining):
        step = _Step(pair, remaining, output, sizes)
        if step.size > memory_limit or spent + step.flops > naive:
            return None
        return step

    def candidates(pairs, remaining, disjoint=False):
        for pair in pairs:
            if disjoint or not remaining[pair[0]].isdisjoint(remaining[pair[1]]):
                step = candidate(pair, remaining)
                if step is not None:
                    yield step

    known, fresh = [], itertools.combinations(range(len(inputs)), 2)
    for done in range(len(inputs) - 1):
        known += candidates(fresh, inputs)
        if not known:
            # Nothing shares a label: outer products remain, if any is small enough.
            pairs = itertools.combinations(range(len(inputs)), 2)
            known = [*candidates(pairs, inputs, disjoint=True)]
            if not known:
                path.append(tuple(range(len(inputs))))
                break
        best = min(known, key=lambda step: (-step.saved, step.flops))
        first, second = best.positions
        # Pairs without the two operands stay; operands behind these move up.
        kept = []
        for step in known:
            if {first, second}.isdisjoint(step.positions):
                pair = tuple(i - (i > first) - (i > second) for i in step.positions)
                kept.append((pair, step))
        inputs = best.inputs
        path.append(best.positions)
        spent += best.flops
        known = []
        for pair, step in kept:
            step.positions = pair
            known.append(step)
        for step in known:
            step.inputs = [labels for i, labels in enumerate(inputs) if i not in step.positions]
            step.inputs.append(step.result)
        last = len(inputs) - 1
        fresh = [(i, last) for i in range(last)]
    return path


# ---- subscripts ----

def _labels_of_lists(operands):
    """Subscripts and arrays of the form ``einsum(a, [0, 1], b, [1, 2], [0, 2])``."""
    arrays, lists = list(operands[0:-1:2]), list(operands[1::2])
    output = operands[-1] if len(operands) % 2 else None
    if output is not None and len(arrays) != len(lists):
        arrays = arrays[:len(lists)]

    def spell(labels):
        text = ''
        for label in labels:
            if label is Ellipsis:
                text += '...'
                continue
            try:
                text += einsum_symbols[label.__index__()]
            except AttributeError as exc:
                raise TypeError('For this input type lists must contain '
                                'either int or Ellipsis') from exc
        return text

    subscripts = ','.join(map(spell, lists))
    if output is not None:
        subscripts += '->' + spell(output)
    return subscripts, [asanyarray(a) for a in arrays]


def _parse_einsum_input(operands):
    """(input subscripts, output subscript, arrays), ellipses spelled out with unused letters."""
    if not operands:
        raise ValueError('No input operands')
    if isinstance(operands[0], str):
        subscripts = operands[0].replace(' ', '')
        arrays = [asanyarray(a) for a in operands[1:]]
        for char in subscripts:
            if char not in '.,->' and char not in einsum_symbols_set:
                raise ValueError(f'Character {char} is not a valid symbol.')
    else:
        subscripts, arrays = _labels_of_lists(operands)

    if '-' in subscripts or '>' in subscripts:
        if subscripts.count('->') != 1 or subscripts.count('-') + subscripts.count('>') != 2:
            raise ValueError("Subscripts can only contain one '->'.")
    inputs, arrow, output = subscripts.partition('->')
    terms = inputs.split(',')
    if '.' in subscripts:
        terms, output = _spell_ellipses(subscripts, terms, arrow, output, arrays)
    elif not arrow:
        output = _implied_output(terms)

    for char in output:
        if output.count(char) != 1:
            raise ValueError(f'Output character {char} appeared more than once in the output.')
        if not any(char in term for term in terms):
            raise ValueError(f'Output character {char} did not appear in the input')
    if len(terms) != len(arrays):
        raise ValueError('Number of einsum subscripts must be equal to the number of operands.')
    return ','.join(terms), output, arrays


def _implied_output(terms):
    """Without an arrow: the labels that occur once, in order."""
    everything = ''.join(terms)
    return ''.join(sorted(c for c in set(everything) if everything.count(c) == 1))


def _spell_ellipses(subscripts, terms, arrow, output, arrays):
    unused = [c for c in reversed(einsum_symbols) if c not in subscripts]
    longest, spelled = 0, []
    if len(terms) > len(arrays):
        arrays = [*arrays, *[asanyarray(0)] * (len(terms) - len(arrays))]
    dots = []
    for term, a in zip(terms, arrays):
        if '.' not in term:
            dots.append(None)
            continue
        if term.count('.') != 3 or '...' not in term:
            raise ValueError('Invalid Ellipses.')
        count = 0 if a.shape == () else max(a.ndim, 1) - (len(term) - 3)
        if count < 0:
            raise ValueError('Ellipses lengths do not match.')
        dots.append(count)
        longest = max(longest, count)
    # The same letters for all, counted from the last axis, as broadcasting does.
    letters = ''.join(sorted(unused[:longest]))
    for term, count in zip(terms, dots):
        spelled.append(term if count is None else
                       term.replace('...', letters[longest - count:]))
    if not arrow:
        plain = _implied_output([term.replace('...', '') for term in terms])
        return spelled, letters + plain
    if '.' in output and (output.count('.') != 3 or '...' not in output):
        raise ValueError('Invalid Ellipses.')
    return spelled, output.replace('...', letters)


# ---- the path ----

_ALGORITHMS = {'greedy': _greedy_path, 'optimal': _optimal_path}


def _read_optimize(optimize):
    """(name of an algorithm, explicit path or None, memory limit or None)."""
    if optimize is True:
        optimize = 'greedy'
    if optimize is None or optimize is False:
        return False, None, None
    if isinstance(optimize, str):
        return optimize, None, None
    if len(optimize) and optimize[0] == 'einsum_path':
        return None, list(optimize[1:]), None
    if len(optimize) == 2 and isinstance(optimize[0], str) and \
            isinstance(optimize[1], (int, float)):
        return optimize[0], None, int(optimize[1])
    raise TypeError(f'Did not understand the path: {optimize!s}')


def _label_sizes(terms, arrays):
    """Length of every label."""
    sizes = {}
    for number, (term, a) in enumerate(zip(terms, arrays)):
        if len(term) != a.ndim:
            raise ValueError(f'Einstein sum subscript {term} does not contain the correct number '
                             f'of indices for operand {number}.')
        for label, length in zip(term, a.shape):
            known = sizes.get(label, 1)
            if known != 1 and length not in (1, known):
                raise ValueError(f"Size of label '{label}' for operand {number} ({known}) does "
                                 f'not match previous terms ({length}).')
            sizes[label] = max(known, length) if length and known else 0
    return sizes


@array_function_dispatch(
    lambda *operands, optimize=None, einsum_call=None: operands, module='numpy', verify=False)
def einsum_path(*operands, optimize='greedy', einsum_call=False):
    """An order of pairwise contractions that makes `einsum` cheap.

    Parameters
    ----------
    *operands
        As for `einsum`.
    optimize : {bool, 'greedy', 'optimal', tuple, list}
        The algorithm; with a greatest intermediate size as ``('greedy', 1000)``, by default that
        of the largest array; or a path as returned by this function.

    Returns
    -------
    path : list
        'einsum_path', then the positions of the operands that each step contracts; the result of
        a step goes to the end of the list.
    report : str
        Costs, for people.

    Examples
    --------
    >>> a, b = np.ones((2, 2)), np.ones((2, 5))
    >>> np.einsum_path('ij,jk,kl->il', a, b, np.ones((5, 2)))[0]
    ['einsum_path', (1, 2), (0, 1)]
    """
    algorithm, explicit, memory_limit = _read_optimize(optimize)
    inputs, output, arrays = _parse_einsum_input(operands)
    terms = inputs.split(',')
    sizes = _label_sizes(terms, arrays)
    sets = [set(term) for term in terms]

    everything = _Step(tuple(range(len(terms))), sets, set(output), sizes)
    repeated = sum(map(len, terms)) - len(everything.involved) > 0
    naive = _flop_count(everything.involved, repeated, len(terms), sizes)
    if memory_limit is None:
        # Intermediates no larger than what the caller holds anyway.
        memory_limit = max(_size(labels, sizes) for labels in (*sets, output))
    if explicit is not None:
        path = explicit
    elif algorithm is False or len(terms) in (1, 2) or everything.involved == set(output):
        # Nothing to choose, or nothing to sum.
        path = [everything.positions]
    elif algorithm in _ALGORITHMS:
        path = _ALGORITHMS[algorithm](sets, set(output), sizes, memory_limit)
    else:
        raise KeyError('Path name %s not found', algorithm)

    flops, scales, largest, contractions = 0, [], [1], []
    for number, positions in enumerate(path):
        positions = tuple(sorted(positions, reverse=True))
        taken = [terms.pop(i) for i in positions]
        step = _Step(positions, sets, set(output), sizes)
        sets = step.inputs
        flops += step.flops
        scales.append(len(step.involved))
        largest.append(step.size)
        if number == len(path) - 1:
            result = output
        else:
            result = ''.join(sorted(step.result, key=lambda label: (sizes[label], label)))
        terms.append(result)
        contractions.append((positions, f"{','.join(taken)}->{result}", terms[:]))
    flops += 1
    if len(terms) != 1:
        raise RuntimeError(f'Invalid einsum_path is specified: {len(terms) - 1} more operands '
                           'has to be contracted.')
    if einsum_call:
        return arrays, contractions
    return ['einsum_path', *path], _report(f'{inputs}->{output}', naive, flops, scales,
                                           max(largest), len(everything.involved), contractions)


def _report(whole, naive, flops, scales, largest, naive_scale, contractions):
    rule = '-' * 74
    lines = [f'  Complete contraction:  {whole}',
             f'         Naive scaling:  {naive_scale}',
             f'     Optimized scaling:  {max(scales)}',
             f'      Naive FLOP count:  {naive:.3e}',
             f'  Optimized FLOP count:  {flops:.3e}',
             f'   Theoretical speedup:  {naive / flops:3.3f}',
             f'  Largest intermediate:  {largest:.3e} elements',
             rule, f"{'scaling':>6} {'current':>24} {'remaining':>40}", rule]
    output = whole.partition('->')[2]
    for scale, (_, subscripts, remaining) in zip(scales, contractions):
        rest = f"{','.join(remaining)}->{output}"
        lines.append(f'{scale:4d}    {subscripts:>24} {rest:>40}')
    return '\n'.join(lines)


# ---- evaluation ----

def _as_matmul(subscripts, a, b):
    """The contraction of two arrays by a stack of matrix products, or None where it is none."""
    inputs, _, output = subscripts.partition('->')
    left, right = inputs.split(',')
    if len(set(left)) < len(left) or len(set(right)) < len(right):
        return None
    if a.dtype.kind not in 'fc' or b.dtype.kind not in 'fc' or a.dtype != b.dtype:
        return None
    lengths = dict(zip(left, a.shape))
    if any(lengths.get(label, n) != n for label, n in zip(right, b.shape)):
        return None
    lengths.update(zip(right, b.shape))
    common, wanted = set(left) & set(right), set(output)
    # Labels of one operand that nobody wants are summed before.
    for term, other in (left, right), (right, left):
        lonely = set(term) - set(other) - wanted
        if lonely:
            kept = ''.join(label for label in term if label not in lonely)
            if term is left:
                a, left = c_einsum(f'{left}->{kept}', a), kept
            else:
                b, right = c_einsum(f'{right}->{kept}', b), kept
    batch = [label for label in output if label in common]
    summed = [label for label in left if label in common and label not in wanted]
    rows = [label for label in left if label not in common]
    columns = [label for label in right if label not in common]
    if not summed:
        return None

    def arrange(array, term, *groups):
        order = [term.index(label) for group in groups for label in group]
        shape = [math.prod(lengths[label] for label in group) for group in groups[1:]]
        return array.transpose(order).reshape([lengths[label] for label in batch] + shape)

    product = matmul(arrange(a, left, batch, rows, summed),
                     arrange(b, right, batch, summed, columns))
    labels = batch + rows + columns
    product = product.reshape([lengths[label] for label in labels])
    return product.transpose([labels.index(label) for label in output])


def _contract_pair(subscripts, a, b):
    """Two arrays under plain letters, for which there is no path to choose; None where that is not so."""
    inputs, arrow, output = subscripts.replace(' ', '').partition('->')
    left, _, right = inputs.partition(',')
    a, b = asanyarray(a), asanyarray(b)
    if not (left.isalpha() and right.isalpha() and len(left) == a.ndim and len(right) == b.ndim):
        return None
    if not arrow:
        both = left + right
        output = ''.join(sorted(label for label in both if both.count(label) == 1))
    elif len(set(output)) < len(output) or not set(output) <= {*left, *right}:
        return None
    return _as_matmul(f'{inputs}->{output}', a, b)


_KEYWORDS = {'dtype', 'order', 'casting'}


@array_function_dispatch(
    lambda *operands, out=None, optimize=None, **kwargs: (*operands, out), module='numpy',
    verify=False)
def einsum(*operands, out=None, optimize=False, **kwargs):
    """Sums of products, written with labels for the axes.

    Parameters
    ----------
    subscripts : str
        Labels of the axes of each operand, then of the result, as ``'ij,jk->ik'``. Labels that the
        result lacks are summed over. Without an arrow it has those that occur once. An ellipsis
        stands for any number of axes, which are broadcast. Alternatively lists of integers, each
        after its operand.
    *operands : array_like
    out : ndarray, optional
    dtype, order, casting : optional
        As for a ufunc; casting is 'safe' by default.
    optimize : {bool, 'greedy', 'optimal', list}
        Contract pair by pair in a good order; see `einsum_path`.

    Returns
    -------
    output : ndarray
        A writeable view where nothing has to be computed.

    Examples
    --------
    >>> a = np.arange(6).reshape(2, 3)
    >>> np.einsum('ij->i', a).tolist()
    [3, 12]
    """
    if optimize is False:
        if out is not None:
            kwargs['out'] = out
        return c_einsum(*operands, **kwargs)
    if (len(operands) == 3 and isinstance(operands[0], str) and not kwargs and out is None
            and isinstance(optimize, (bool, str)) and optimize in (True, 'greedy', 'optimal')):
        result = _contract_pair(*operands)
        if result is not None:
            return result
    unknown = [name for name in kwargs if name not in _KEYWORDS]
    if unknown:
        raise TypeError(f'Did not understand the following kwargs: {unknown}')

    arrays, contractions = einsum_path._implementation(*operands, optimize=optimize,
                                                       einsum_call=True)
    order = kwargs.pop('order', 'K')
    if order.upper() == 'A':
        order = 'F' if all(a.flags.f_contiguous for a in arrays) else 'C'
    for positions, subscripts, _ in contractions:
        taken = [arrays.pop(i) for i in positions]
        result = _as_matmul(subscripts, *taken) if len(taken) == 2 and not kwargs else None
        if result is None:
            result = c_einsum(subscripts, *taken, **kwargs)
        arrays.append(result)
        taken = result = None
    if out is not None:
        out[...] = arrays[0]
        return out
    return asanyarray(arrays[0], order=order)
