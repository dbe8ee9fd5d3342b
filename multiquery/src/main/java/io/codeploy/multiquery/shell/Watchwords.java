package io.codeploy.multiquery.shell;

import io.codeploy.multiquery.connect.ArrayOutput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Passes bytes on, but for certain words, which it acts on instead, wherever they are cut. What may
 * be the beginning of one is kept back until more comes. Used by one thread at a time.
 */
final class Watchwords extends ArrayOutput {
  private final OutputStream to;
  private final List<Rule> rules = new ArrayList<>();
  private byte[] kept = new byte[0];

  Watchwords(OutputStream to) {
    this.to = to;
  }

  /** Has {@code action} run at each {@code word}, which is ASCII. */
  Watchwords on(String word, Runnable action) {
    rules.add(new Rule(word, action));
    return this;
  }

  @Override
  public void write(byte[] bytes, int offset, int count) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.write(kept);
    all.write(bytes, offset, count);
    // One character a byte, so that the text can be searched as it is.
    String text = all.toString(StandardCharsets.ISO_8859_1);
    for (Optional<Match> match = first(text); match.isPresent(); match = first(text)) {
      pass(text.substring(0, match.get().at()));
      match.get().rule().action().run();
      text = text.substring(match.get().at() + match.get().rule().word().length());
    }
    int whole = text.length() - begun(text);
    pass(text.substring(0, whole));
    kept = text.substring(whole).getBytes(StandardCharsets.ISO_8859_1);
  }

  private record Rule(String word, Runnable action) {}

  private record Match(int at, Rule rule) {}

  private Optional<Match> first(String text) {
    Optional<Match> first = Optional.empty();
    for (Rule rule : rules) {
      int at = text.indexOf(rule.word());
      if (at >= 0 && (first.isEmpty() || at < first.get().at())) {
        first = Optional.of(new Match(at, rule));
      }
    }
    return first;
  }

  /** How many of the last characters may be the beginning of a word. */
  private int begun(String text) {
    int longest = 0;
    for (Rule rule : rules) {
      String word = rule.word();
      for (int n = Math.min(word.length() - 1, text.length()); n > longest; n--) {
        longest = text.endsWith(word.substring(0, n)) ? n : longest;
      }
    }
    return longest;
  }

  private void pass(String text) throws IOException {
    to.write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  @Override
  public void flush() throws IOException {
    to.flush();
  }

  /** Nothing more comes: passes on what was kept back. */
  void finish() throws IOException {
    to.write(kept);
    kept = new byte[0];
    to.flush();
  }
}
