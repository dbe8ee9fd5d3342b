# How the archive comes to install.sh: on standard input.
archive() {
  cat >"$1" || fail "cannot write to $dir; free space or choose another --agent-dir"
  right "$1" || fail "the agent's image arrived damaged or cut off; run again"
}
