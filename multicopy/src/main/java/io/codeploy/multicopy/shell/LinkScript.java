package io.codeploy.multicopy.shell;

/**
 * The part of scripts that list files which says whose they are and what links are. A link whose
 * text has two slashes at the end of a line could pass for other answers, even for the last.
 */
public final class LinkScript {
  private static final String TEXT =
      """
      id= ids=
      [ "WANTED" != id ] || { id=" %U %G %D:%i" ids=" %u %g %d:%i"; }
      nl='
      '
      odd="*//$nl*"
      own=
      [ -z "$ids" ] || own="i=\\$(stat -c '$ids' \\"\\$l\\")"
      links="for l do i= $own
        t=\\$(readlink \\"\\$l\\"; echo x)
        t=\\${t%?x}
        case \\$t in *//\\"$nl\\"*) ODD ;; esac
        printf \\"lx 777 0 0%s %s//%s//\\\\n\\" \\"\\$i\\" \\"\\$l\\" \\"\\$t\\"
      done"
      """;

  private LinkScript() {}

  /**
   * Lines that set {@code id} and {@code ids}, formats of {@code find} and {@code stat}; {@code
   * odd}, what {@code find -lname} knows such links by; and {@code links}, a script that lists the
   * links that are its arguments.
   *
   * @param wanted what is {@code id} if it matters whose files are, and which
   * @param odd commands for such a link, {@code $l} with the text {@code $t}, within double quotes
   */
  public static String text(String wanted, String odd) {
    return TEXT.replace("WANTED", wanted).replace("ODD", odd);
  }
}
