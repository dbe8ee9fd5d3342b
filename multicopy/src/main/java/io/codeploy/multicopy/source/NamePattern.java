package io.codeploy.multicopy.source;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * One pattern of an {@link Exclusion}, in wire form. It is followed as a set of places in the
 * pattern, so that no name, however it is made, takes more than its length times the pattern's.
 */
final class NamePattern {
  private static final String WILD = "*?[";

  /** What stands for one byte, or for any number of them. */
  private record Token(IntPredicate takes, boolean repeated) {}

  private final List<Token> tokens;
  private final boolean anchored;
  private final boolean directories;
  private final boolean path;

  /**
   * Reads a pattern.
   *
   * @throws IllegalArgumentException if it is empty, or a set in it has no end
   */
  NamePattern(String text) {
    // What is below an excluded directory is excluded anyway.
    String body = text.endsWith("/***") ? text.substring(0, text.length() - 3) : text;
    this.directories = body.endsWith("/");
    this.anchored = body.startsWith("/");
    String core = body.replaceFirst("^/+", "").replaceFirst("/+$", "");
    if (core.isEmpty()) {
      throw new IllegalArgumentException("a pattern is empty");
    }
    this.path = core.contains("/") || core.contains("**");
    this.tokens = tokens(core);
  }

  /**
   * Whether it means the last name of {@code whole} there.
   *
   * @param whole the path that starts with the name of the source
   */
  boolean matches(String whole, boolean directory) {
    if (directories && !directory) {
      return false;
    }
    if (anchored) {
      int top = whole.indexOf('/');
      return top >= 0 && follows(whole, top + 1);
    }
    if (!path) {
      return follows(whole, whole.lastIndexOf('/') + 1);
    }
    int from = 0;
    do {
      if (follows(whole, from)) {
        return true;
      }
      from = whole.indexOf('/', from) + 1;
    } while (from > 0);
    return false;
  }

  private boolean follows(String text, int from) {
    boolean[] at = new boolean[tokens.size() + 1];
    at[0] = true;
    boolean any = skip(at);
    for (int i = from; i < text.length() && any; i++) {
      boolean[] next = new boolean[at.length];
      for (int t = 0; t < tokens.size(); t++) {
        if (at[t] && tokens.get(t).takes().test(text.charAt(i))) {
          next[tokens.get(t).repeated() ? t : t + 1] = true;
        }
      }
      any = skip(next);
      at = next;
    }
    return any && at[tokens.size()];
  }

  /** Goes on behind what may stand for nothing; says whether there is a place at all. */
  private boolean skip(boolean[] at) {
    boolean any = false;
    for (int t = 0; t < at.length; t++) {
      any |= at[t];
      if (at[t] && t < tokens.size() && tokens.get(t).repeated()) {
        at[t + 1] = true;
      }
    }
    return any;
  }

  private static List<Token> tokens(String core) {
    boolean wild = core.chars().anyMatch(c -> WILD.indexOf(c) >= 0);
    List<Token> tokens = new ArrayList<>();
    for (int i = 0; i < core.length(); i++) {
      char c = core.charAt(i);
      if (c == '*') {
        boolean both = core.startsWith("**", i);
        tokens.add(new Token(b -> both || b != '/', true));
        i += both ? 1 : 0;
      } else if (c == '?') {
        tokens.add(new Token(b -> b != '/', false));
      } else if (c == '[') {
        int end = setEnd(core, i);
        tokens.add(new Token(set(core.substring(i + 1, end)), false));
        i = end;
      } else {
        // As in rsync, a backslash is one where nothing could be meant by it.
        i += c == '\\' && wild && i + 1 < core.length() ? 1 : 0;
        char plain = core.charAt(i);
        tokens.add(new Token(b -> b == plain, false));
      }
    }
    return List.copyOf(tokens);
  }

  /** A bracket that comes first in a set is one of its members. */
  private static int setEnd(String core, int begin) {
    int first =
        begin + 1 + (core.startsWith("!", begin + 1) || core.startsWith("^", begin + 1) ? 1 : 0);
    int end = core.indexOf(']', first + 1);
    if (end < 0) {
      throw new IllegalArgumentException("a [ in a pattern has no ]");
    }
    return end;
  }

  private static IntPredicate set(String members) {
    boolean not = members.startsWith("!") || members.startsWith("^");
    String text = not ? members.substring(1) : members;
    IntPredicate in = b -> false;
    for (int i = 0; i < text.length(); i++) {
      char low = text.charAt(i);
      boolean range = i + 2 < text.length() && text.charAt(i + 1) == '-';
      char high = range ? text.charAt(i + 2) : low;
      in = in.or(b -> low <= b && b <= high);
      i += range ? 2 : 0;
    }
    IntPredicate wanted = not ? in.negate() : in;
    return b -> b != '/' && wanted.test(b);
  }
}
