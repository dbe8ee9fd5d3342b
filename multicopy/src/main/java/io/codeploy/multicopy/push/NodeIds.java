package io.codeploy.multicopy.push;

import io.codeploy.multicopy.progress.Bounded;
import io.codeploy.multicopy.shell.Found;
import io.codeploy.multicopy.shell.GroupScript;
import io.codeploy.multicopy.source.Detail;
import io.codeploy.multicopy.source.LinesInput;
import io.codeploy.multicopy.source.Owner;
import io.codeploy.multicopy.source.SourceTree;
import io.codeploy.multicopy.source.Wire;
import io.codeploy.multiquery.connect.Connection;
import io.codeploy.multiquery.shell.Script;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Whose files may be on a node. A user or group that it has by name is that one there, any other is
 * the same number. Nobody but root gives files away; who is not root gives them to groups of their
 * own.
 */
final class NodeIds {
  private static final String ANSWER = "ids ";
  private static final int LIMIT_BYTES = 4 << 20;

  /** Answers in the order of the questions, on lines that no start-up file has begun. */
  private static final String ASK =
      """
      LC_ALL=C
      export LC_ALL
      echo
      echo "ids $(id -u)" && echo "ids $(id -G)"
      """
          + GroupScript.BY_NAME
          + """
      while IFS= read -r ask; do
        n=$(printf %bx "${ask#? }")
        n=${n%x}
        case $ask in
          u*) i=$(id -u "$n" 2>/dev/null) ;;
          *)
            i=$(group "$n" </dev/null)
            i=${i#*:*:}
            i=${i%%:*} ;;
        esac
        echo "ids $i"
      done
      """;

  private final Set<Detail> details;
  private final boolean root;
  private final Set<Integer> own;
  private final Map<String, Integer> known;

  private NodeIds(Set<Detail> details, boolean root, Set<Integer> own, Map<String, Integer> known) {
    this.details = details;
    this.root = root;
    this.own = own;
    this.known = known;
  }

  /** Asks the node about all owners in {@code trees}. */
  static NodeIds of(Connection connection, List<SourceTree> trees, Set<Detail> details)
      throws IOException, InterruptedException {
    Set<String> asked = new LinkedHashSet<>();
    for (SourceTree tree : trees) {
      IntStream.range(0, tree.entries().size())
          .mapToObj(tree::owner)
          .flatMap(Optional::stream)
          .distinct()
          .forEach(owner -> asked.addAll(List.of("u " + owner.user(), "g " + owner.group())));
    }
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    connection.execute(
        Script.command(ASK, List.of()),
        new LinesInput(asked.stream().map(NodeIds::line).iterator()),
        new Bounded(said, LIMIT_BYTES),
        OutputStream.nullOutputStream(),
        Duration.ZERO);
    List<String> answers =
        said.toString(StandardCharsets.UTF_8)
            .lines()
            .filter(line -> line.startsWith(ANSWER))
            .map(line -> line.substring(ANSWER.length()))
            .toList();
    if (answers.size() != asked.size() + 2) {
      throw ShellPush.failure("--preserve: the node does not tell its users and groups");
    }
    Map<String, Integer> known = new HashMap<>();
    int next = 2;
    for (String name : asked) {
      number(answers.get(next++)).ifPresent(id -> known.put(name, id));
    }
    Set<Integer> own = new HashSet<>();
    Arrays.stream(answers.get(1).split(" ", -1)).forEach(id -> number(id).ifPresent(own::add));
    return new NodeIds(details, answers.getFirst().equals("0"), own, known);
  }

  private static String line(String question) {
    return Wire.of(question).replace("\\", "\\\\").replace("\n", "\\n") + "\n";
  }

  private static Optional<Integer> number(String text) {
    return text.matches("\\d{1,10}") && Long.parseLong(text) <= Owner.MAX_ID
        ? Optional.of(Integer.parseUnsignedInt(text))
        : Optional.empty();
  }

  private Optional<Integer> uid(Owner owner) {
    return root && details.contains(Detail.OWNER)
        ? Optional.of(known.getOrDefault("u " + owner.user(), owner.uid()))
        : Optional.empty();
  }

  private Optional<Integer> gid(Owner owner) {
    if (!details.contains(Detail.GROUP)) {
      return Optional.empty();
    }
    int gid = known.getOrDefault("g " + owner.group(), owner.gid());
    return root || own.contains(gid) ? Optional.of(gid) : Optional.empty();
  }

  /** Whether what is {@code there} is as much {@code owner}'s as it may be. */
  boolean isOf(Owner owner, Found.Identity there) {
    return uid(owner).orElse(there.uid()) == there.uid()
        && gid(owner).orElse(there.gid()) == there.gid();
  }

  /** The command that gives links and other files to {@code owner}; empty if nobody may. */
  Optional<String> command(Owner owner) {
    Optional<Integer> uid = uid(owner);
    Optional<Integer> gid = gid(owner);
    if (uid.isEmpty()) {
      return gid.map(id -> "chgrp -h " + Integer.toUnsignedString(id));
    }
    return Optional.of(
        "chown -h "
            + Integer.toUnsignedString(uid.get())
            + gid.map(id -> ":" + Integer.toUnsignedString(id)).orElse(""));
  }
}
