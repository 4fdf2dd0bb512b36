"""Facts about the processor: not written; every name raises when used."""
from .. import _unwritten

_unwritten.declare(
    globals(),
    functions="command_by_line command_info getoutput key_value_from_command",
    classes="""
        CPUInfoBase DarwinCPUInfo IRIXCPUInfo LinuxCPUInfo SunOSCPUInfo Win32CPUInfo
        cpuinfo
    """,
    tables="cpu",
)
