package io.codeploy.multiquery.prompt;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How the output of nodes is shown, by the names of the options of the command line. */
public enum View {
  GATHER,
  GATHER_ALL,
  DIFF,
  PREFIX,
  CLASSIC,
  JSON;

  /** As it is typed. */
  String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The one that is called {@code text}. */
  static Optional<View> of(String text) {
    return Arrays.stream(values()).filter(view -> view.text().equals(text)).findFirst();
  }

  /** All of them, as they are typed. */
  static List<String> texts() {
    return Arrays.stream(values()).map(View::text).toList();
  }
}
