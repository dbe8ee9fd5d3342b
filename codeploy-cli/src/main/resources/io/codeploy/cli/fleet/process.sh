# What process $1 was started as, as far as that can be seen.
command_line() {
  tr '\0' ' ' <"/proc/$1/cmdline" 2>/dev/null || ps -o args= -p "$1" 2>/dev/null
}
