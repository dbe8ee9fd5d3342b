package io.codeploy.multiquery.shell;

import java.nio.charset.StandardCharsets;

/**
 * Text as one line that every login shell takes within single quotes as it is, and that a POSIX
 * shell decodes by itself: a process for each text, as {@code printf} in {@code $(...)} is, costs
 * more than anything else that such a shell does. What some shell would not let stand is a tilde
 * and a letter, so that the shell's own field splitting takes the text apart.
 */
final class OneLine {
  /**
   * Words that hold what cannot be written within single quotes everywhere: csh replaces {@code !},
   * unless a blank follows, and fish takes a backslash before a quote for its own.
   */
  static final String WORDS = "\"'\" '! ' '\\ '";

  /**
   * Decodes all but the first three words, which are {@link #WORDS}. It holds no single quote and
   * leaves nothing behind but names that begin with {@code mq}. The newline comes from {@code IFS},
   * which every shell begins with.
   */
  static final String DECODE =
      "mqq=$1; mqe=${2% }; mqb=${3% }; mqi=$IFS; mqn=${IFS#??}; mqn=${mqn%\"${mqn#?}\"}; "
          + "shift 3; set -f; IFS=\"~\"; for mqa do shift; mqr=; for mqw in $mqa; do mqc=${mqw#?}; "
          + "case $mqw in n*) mqr=$mqr$mqn$mqc;; q*) mqr=$mqr$mqq$mqc;; e*) mqr=$mqr$mqe$mqc;; "
          + "b*) mqr=$mqr$mqb$mqc;; t*) mqr=\"$mqr~$mqc\";; "
          + "o*) mqc=$(printf %bx \"$mqc\"); mqr=$mqr${mqc%x};; *) mqr=$mqr$mqc;; esac; done; "
          + "set -- \"$@\" \"$mqr\"; done; IFS=$mqi; set +f; ";

  private OneLine() {}

  static String text(String text) {
    return bytes(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Bytes that are not all printable ASCII and newlines do cost a process. */
  static String bytes(byte[] bytes) {
    StringBuilder line = new StringBuilder(bytes.length + bytes.length / 8).append("~x");
    for (byte b : bytes) {
      switch (b) {
        case '\n' -> line.append("~n");
        case '\'' -> line.append("~q");
        case '!' -> line.append("~e");
        case '\\' -> line.append("~b");
        case '~' -> line.append("~t");
        default -> {
          if (b < ' ' || b > '~') {
            return "~o" + Encoded.bytes(bytes);
          }
          line.append((char) b);
        }
      }
    }
    return line.toString();
  }
}
