package io.codeploy.multiquery.prompt;

import io.codeploy.multiquery.node.Node;
import io.codeploy.multiquery.node.NodeListException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What the word before the cursor may become.
 *
 * @param texts whole words, whatever they begin with
 * @param closed whether a word that was taken is done, so that a blank follows
 */
record Completions(List<String> texts, boolean closed) {
  private static final Completions NONE = new Completions(List.of(), true);

  Completions {
    texts = List.copyOf(texts);
  }

  /**
   * Those for the last word of {@code before}, which may be empty.
   *
   * @param groups names of groups, for {@code @}
   */
  static Completions of(String before, PromptState state, Set<String> groups) {
    List<String> words = List.of(before.stripLeading().split("\\s+", -1));
    String last = words.getLast();
    if (words.size() == 1) {
      return last.startsWith("@") || last.startsWith("!")
          ? expression(last, state, groups)
          : new Completions(Arrays.stream(Word.values()).map(Word::text).toList(), true);
    }
    List<Word> own = words.getFirst().startsWith(":") ? Word.of(words.getFirst()) : List.of();
    return own.size() == 1 ? argument(own.getFirst(), words, state, groups) : NONE;
  }

  private static Completions argument(
      Word word, List<String> words, PromptState state, Set<String> groups) {
    return switch (word) {
      case NODES, RECONNECT, USE -> expression(words.getLast(), state, groups);
      case ON -> words.size() == 2 ? expression(words.getLast(), state, groups) : NONE;
      case VIEW -> new Completions(View.texts(), true);
      case ALL, HELP, HISTORY, QUIT, SETS, TIMEOUT -> NONE;
    };
  }

  /** The last term may be a node, a group or a set; what precedes it stays. */
  private static Completions expression(String word, PromptState state, Set<String> groups) {
    int sign = lastSign(word);
    boolean set = sign >= 0 && word.charAt(sign) == '!';
    String kept = word.substring(0, sign + 1);
    List<String> texts = new ArrayList<>();
    if (!set || sign > 0) {
      state.nodes().stream().map(Node::name).map(kept::concat).forEach(texts::add);
      groups(state, groups).map(name -> kept + "@" + name).forEach(texts::add);
    }
    String mark = set ? "" : "!";
    sets(state).map(name -> kept + mark + name).forEach(texts::add);
    return new Completions(texts, false);
  }

  private static int lastSign(String word) {
    int sign = -1;
    boolean inBrackets = false;
    for (int i = 0; i < word.length(); i++) {
      char c = word.charAt(i);
      inBrackets = c == '[' || (inBrackets && c != ']');
      if (!inBrackets && ",&^!".indexOf(c) >= 0) {
        sign = i;
      }
    }
    return sign;
  }

  private static Stream<String> sets(PromptState state) {
    try {
      Set<String> names = new TreeSet<>(RunSets.NAMES);
      names.addAll(state.sets().all().keySet());
      return names.stream();
    } catch (NodeListException e) {
      // Never for sets that there are.
      return Stream.empty();
    }
  }

  private static Stream<String> groups(PromptState state, Set<String> groups) {
    Set<String> names = new TreeSet<>(groups);
    for (Node node : state.nodes()) {
      for (Map.Entry<String, String> label : node.labels().entrySet()) {
        names.add(label.getKey() + "=" + label.getValue());
      }
    }
    return names.stream();
  }
}
