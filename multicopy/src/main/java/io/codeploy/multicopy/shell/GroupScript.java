package io.codeploy.multicopy.shell;

/** The shell function {@code group}, which prints the line of a node's group that it is given. */
public final class GroupScript {
  /** Where there is no {@code getent}, of the file alone. */
  private static final String GROUP =
      """
      group() {
        if command -v getent >/dev/null 2>&1; then
          getent group "$1"
          return
        fi
        while IFS= read -r line; do
          case $line in %s) printf "%%s\\n" "$line" && break ;; esac
        done </etc/group
      }
      """;

  /** By its name. */
  public static final String BY_NAME = GROUP.formatted("\"$1\":*");

  /** By its number. */
  public static final String BY_NUMBER = GROUP.formatted("*:*:\"$1\":*");

  private GroupScript() {}
}
