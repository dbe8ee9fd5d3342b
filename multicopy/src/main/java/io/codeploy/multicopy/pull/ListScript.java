package io.codeploy.multicopy.pull;

import io.codeploy.multicopy.shell.LinkScript;

/**
 * The script that lists what a pull asks for; docs/multicopy.md tells what it is asked and what it
 * answers. For any POSIX shell, busybox's too. A link whose text has two slashes at the end of a
 * line could pass for the end of the list: it is a complaint instead.
 */
final class ListScript {
  static final String TEXT =
      """
      IFS= read -r go || exit 0
      unset CDPATH
      LINKS
      have=
      for t in tar find tail sha256sum; do
        command -v $t >/dev/null 2>&1 && have="$have $t"
      done
      case $(printf "x\\\\000" | xargs -0 sh -c "echo \\$#" sh 2>/dev/null) in
        1) have="$have xargs" ;;
      esac
      [ "$2" != xattrs ] || case $(tar --help 2>/dev/null) in *--xattrs*) have="$have xattrs" ;; esac
      list=none
      if find . -prune -lname x -o -printf x >/dev/null 2>&1; then list=printf
      elif stat -c %f . >/dev/null 2>&1; then list=stat
      fi
      printf "\\nmulticopy 1 %s%s\\n" $list "$have"
      [ $list != none ] || exit 0
      walk() {
        cd "$1" || return
        case $list in
          printf)
            find . -lname "$odd" \\
              -exec sh -c 'echo "$0: the text of this link cannot be listed" >&2' {} \\; \\
              -o -printf "%y %m %s %T@$id %p//%l//\\n" ;;
          stat)
            find . ! -type l -exec stat -c "x%f 0 %s %Y$ids %n////" {} +
            find . -type l -exec sh -c "$links" sh {} + ;;
        esac
      }
      one() {
        case $list in
          printf) find -H "$1" -prune -printf "%y %m %s %T@$id .//%l//\\n" ;;
          stat) stat -L -c "x%f 0 %s %Y$ids .////" "$1" ;;
        esac
      }
      show() {
        x=$1
        while :; do case $x in ?*/) x=${x%/} ;; *) break ;; esac; done
        if [ ! -e "$x" ]; then
          printf "? %s////\\n" "$1"
          return
        fi
        name=${x##*/}
        case $name in .|..)
          name=$(cd "$x" && pwd -P && echo x)
          name=${name%?x}
          name=${name##*/} ;;
        esac
        printf "= %s//%s//\\n" "$x" "$name"
        what=one
        if [ -d "$x" ] && [ -x "$x" ]; then what=walk
        elif [ -d "$x" ]; then
          printf "! 1 .: Permission denied////\\n"
          return
        fi
        { said=$($what "$x" 2>&1 1>&3 3>&-); } 3>&1
        [ -z "$said" ] ||
          printf "! %s %s////\\n" "$(printf "%s\\n" "$said" | grep -c .)" \\
            "$(printf "%s\\n" "$said" | head -n 1)"
      }
      IFS=
      while read -r line && [ -n "$line" ]; do
        p=$(printf %bx "${line#? }")
        p=${p%x}
        case $line in
          g*) set -- $p ;;
          *) set -- "$p" ;;
        esac
        (LC_ALL=C; export LC_ALL; for f do show "$f"; done)
      done
      printf "end////\\n"
      """
          .replace(
              "LINKS\n",
              LinkScript.text(
                  "$1", "echo \\\"\\$l: the text of this link cannot be listed\\\" >&2; continue"));

  private ListScript() {}
}
