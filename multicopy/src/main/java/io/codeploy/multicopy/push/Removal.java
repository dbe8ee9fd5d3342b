package io.codeploy.multicopy.push;

import io.codeploy.multiquery.shell.Script;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The part of a {@link FinishScript} that removes what sources do not have. It enters each
 * directory and removes names in it only if that is where it is: what has become a link meanwhile
 * leads nowhere.
 */
final class Removal {
  private static final String HEAD =
      """
      [ -z "$bad" ] || die "$(head -n 3 "$e")"
      sweep() (
        cd -P "$1" 2>/dev/null && [ "$PWD" = "$1" ] || { echo "$1: changed meanwhile; copy again"; exit 1; } >&2
        shift
        rm -rf "$@" 2>/dev/null && exit
        find "$@" -type d ! -perm -700 -exec chmod u+rwx {} \\; 2>/dev/null
        rm -rf "$@"
      )
      """;

  private Removal() {}

  static Stream<String> lines(List<NodeTree> trees) {
    List<NodeTree> losing =
        trees.stream().filter(tree -> !tree.there().extras().removals().isEmpty()).toList();
    return losing.isEmpty()
        ? Stream.empty()
        : Stream.concat(Stream.of(HEAD), losing.stream().flatMap(Removal::lines));
  }

  private static Stream<String> lines(NodeTree tree) {
    String root =
        "r=$(cd -P %s && printf %%sx \"$PWD\")\nr=${r%%x}\n".formatted(Words.inBase(tree.target()));
    return Stream.concat(
        Stream.of(root),
        tree.there().extras().removals().entrySet().stream().map(in -> lines(tree, in)));
  }

  private static String lines(NodeTree tree, Map.Entry<String, List<String>> in) {
    String below = in.getKey().isEmpty() ? "" : "/" + in.getKey();
    String directory = Words.inBase(tree.target() + below);
    List<String> names =
        in.getValue().stream()
            .map(name -> Words.inBase(name.substring(name.lastIndexOf('/') + 1)))
            .toList();
    return "[ -w %s ] || chmod u+rwx %s 2>/dev/null\n".formatted(directory, directory)
        + String.join("\n", Words.commands("sweep \"$r\"" + Script.quoted(below), names, ""))
        + "\n";
  }
}
