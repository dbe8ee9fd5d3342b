package io.codeploy.multicopy.shell;

/**
 * The script that looks at a destination and then holds its stage for as long as its input lasts;
 * docs/multicopy.md tells what it is asked and what it answers. For any POSIX shell, busybox's too.
 */
final class LookScript {
  /**
   * A link whose text could pass for other answers is one without text, and so another than any. $1
   * is the destination, absolute or with ./ before it; $2 is id for whose files are, and which; $3
   * is xattrs and $4 is holes where these matter.
   */
  static final String TEXT =
      """
      IFS= read -r go || exit 0
      umask 077
      unset CDPATH
      LC_ALL=C
      export LC_ALL
      d=$1
      have=
      for t in tar sha256sum mv find touch zstd gzip; do
        command -v $t >/dev/null 2>&1 && have="$have $t"
      done
      kept=$3 holes=$4 list=
      # What it takes processes to find out.
      try() {
        case $(tar --version 2>/dev/null) in *GNU*) have="$have gnutar" ;; esac
        [ "$kept" != xattrs ] || case $(tar --help 2>/dev/null) in *--xattrs*) have="$have xattrs" ;; esac
        [ "$holes" != holes ] || ! dd iflag=fullblock count=0 </dev/null >/dev/null 2>&1 ||
          have="$have dd"
        list=none
        if find . -prune -lname x -o -printf x >/dev/null 2>&1; then list=printf
        elif stat -c %f . >/dev/null 2>&1; then list=stat
        fi
      }
      kind=absent base=${d%/*}
      base=${base:-/}
      if [ -d "$d" ]; then kind=directory base=$d
      elif [ -e "$d" ] || [ -L "$d" ]; then kind=other
      fi
      [ -d "$base" ] || kind=nowhere
      cd "$base" 2>/dev/null || base= have="$have closed"
      if [ -z "$base" ]; then have="$have denied"
      elif [ ! -w . ]; then
        # Nothing can be made here. What asks why must make nothing, nor follow a link that lies there.
        case $(rmdir ./.multicopy- 2>&1) in
          *[Rr]ead-only*) have="$have readonly" ;;
          *) have="$have denied" ;;
        esac
      fi
      stale() {
        for o in ./.multicopy-*; do [ -d "$o" ] && return; done
        return 1
      }
      ! stale || have="$have stale"
      LINKS
      # Ends the shell, which is one of its own.
      walk() {
        case $list in
          printf)
            exec find "$@" -lname "$odd" -printf "%y %m %s %T@$id %p////\\n" \\
              -o -printf "%y %m %s %T@$id %p//%l//\\n" 2>/dev/null ;;
          stat)
            find "$@" ! -type l -exec stat -c "x%f 0 %s %Y$ids %n////" {} + 2>/dev/null
            exec find "$@" -type l -exec sh -c "$links" sh {} + 2>/dev/null ;;
        esac
      }
      takeover() {
        old=yes
        writer "$mine"
        outlast "$w"
        find "$mine/t" -type l -exec rm -f {} + 2>/dev/null
      }
      # Where anybody may make one, only that of this login is gone into.
      own() { [ -d "$1" ] && [ ! -L "$1" ] && [ -O "$1" ]; }
      sweep() {
        old=
        # Of a process that had our number, before its machine or container was started again.
        ! own "$mine" || takeover
        for o in ./.multicopy-*; do
          case $o in *-*.*[0-9]*.*) [ -d "$o" ] || continue ;; *) continue ;; esac
          n=${o#./.multicopy-} k=
          k=${n%%.*} n=${n#*.}
          p=${n%%.*}
          [ "${n#*.}" = "$host" ] || continue
          kill -0 "$p" 2>/dev/null && continue
          [ -d "/proc/$p" ] && continue
          if [ "$k" = "$1" ] && [ -z "$old" ] && own "$o" && mv "$o" "$mine" 2>/dev/null; then takeover
          else rm -rf "$o"
          fi
        done
      }
      alive() { [ -n "$1" ] && kill -0 "$1" 2>/dev/null; }
      writer() {
        w=
        [ -f "$1/w" ] && read -r w <"$1/w"
        case $w in *[!0-9]*) w= ;; esac
      }
      outlast() {
        n=0
        while [ $n -lt 10 ] && { alive "$1" || alive "$2"; }; do n=$((n + 1)) && sleep 1; done
      }
      leave() {
        n=${1#./.multicopy-} n=${n#*.} p=${n%%.*}
        case $p in ""|*[!0-9]*) return ;; esac
        [ "${n#*.}" = "$host" ] && [ -d "$1" ] || return
        writer "$1"
        kill "$p" $w 2>/dev/null
        outlast "$p" "$w"
      }
      beating() {
        (n=3600; while [ $n -gt 0 ] && sleep 1 >/dev/null 2>&1; do
          n=$((n - 1)) && printf "beat////\\n"
        done) &
        beat=$!
        "$@"
        kill $beat 2>/dev/null
        wait $beat 2>/dev/null
      }
      # Sets same if what is below $2 has the digest $1 of docs/formats/tree-digest.md.
      compare() {
        case $(
          cd "$2" && find . -type f -printf "%P//f %m %s %T@\\0" -o -type d -printf "%P//d %m %T@\\0" \\
            -o -type l -printf "%P//l %l\\0" -o -printf "%P//?\\0" | sort -z | sha256sum
        ) in "$1 "*) same=yes ;; esac 2>/dev/null
      }
      # Sets n to the name on $line, and same if what is there has the digest on it.
      name() {
        n=${line#? } sum= same=
        case $line in s*) sum=${n%% *} n=${n#* } ;; esac
        case $n in *\\\\*) n=$(printf %bx "$n") n=${n%x} ;; esac
        [ $kind = directory ] || n=${d##*/}
        case $sum,$list,$have in
          ?*,,*sha256sum*|?*,printf,*sha256sum*) [ ! -d "./$n" ] || beating compare "$sum" "./$n" ;;
        esac
      }
      IFS= read -r line
      next= same=
      [ -z "$line" ] || IFS= read -r next
      [ -z "$base" ] || name
      # There is nothing else to know of a tree that is alone and the same.
      if [ -n "$same" ] && [ -z "$next" ] && [ "$kept" != xattrs ]; then list=same
      else try
      fi
      printf "\\nmulticopy 1 %s %s%s\\n" "$kind" "$list" "$have"
      [ -n "$base" ] && [ $list != none ] || exit 0
      i=0
      set --
      while [ -n "$line" ]; do
        [ $i = 0 ] || name
        case $line in
          f*) if [ -e "./$n" ] || [ -L "./$n" ]; then set -- "$@" "./$n"; fi ;;
          *)
            if [ -d "./$n" ]; then
              in=in
              [ ! -L "./$n" ] || in=via
              [ -z "$same" ] || in=same
              printf "= %s %s////\\n" $i $in
              [ -n "$same" ] || (cd "./$n" && walk .)
            else
              printf "= %s at////\\n" $i
              if [ -e "./$n" ] || [ -L "./$n" ]; then (walk "./$n" -prune); fi
            fi ;;
        esac
        i=$((i + 1))
        line=$next
        [ -z "$line" ] || IFS= read -r next
      done
      if [ $# -gt 0 ]; then printf "= files////\\n" && (walk "$@" -prune); fi
      printf "end////\\n"
      host=
      while IFS= read -r line; do
        [ -n "$host" ] || read -r host 2>/dev/null </proc/sys/kernel/hostname || host=$(uname -n)
        mine=./.multicopy-${line#* }.$$.$host
        case $line in
          clear*) beating sweep - ;;
          list*) (cd "$mine/t" && walk .) ;;
          leave*) beating leave "${line#* }" ;;
          finish*) exec sh 2>&1 ;;
          stage*)
            old=
            ! stale || beating sweep "${line#* }"
            [ -z "$old" ] || mkdir -p "$mine/t" "$mine/r"
            if [ -n "$old" ] || m=$(mkdir "$mine" "$mine/t" "$mine/r" 2>&1); then
              printf "stage %s////\\n" "$mine"
              [ -z "$old" ] || (cd "$mine/t" && walk .)
            else printf "failed %s////\\n" "$m"
            fi ;;
        esac
        printf "end////\\n"
      done
      """
          .replace("LINKS\n", LinkScript.text("$2", "t="));

  private LookScript() {}
}
