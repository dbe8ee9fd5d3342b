package io.codeploy.cli.origin;

/** A sample and what the web server made of it. */
record Tried(Sample sample, Answer answer) {
  private static final int FORBIDDEN = 403;

  /** Whether the right bytes came. */
  boolean right() {
    return answer.right();
  }

  boolean refused() {
    return answer instanceof Answer.Refused;
  }

  /** What was asked, what came, what was expected, and what to do. */
  String told() {
    return "GET %s %s, expected %d bytes of %s; %s"
        .formatted(sample.url(), answer.words(), sample.length(), sample.file(), remedy());
  }

  private String remedy() {
    return answer instanceof Answer.Refused refused && refused.status() == FORBIDDEN
        ? "let the web server read the directory and those above it (chmod o+x), or mend its rules"
        : "check the URL, and that the directory is below the server's root";
  }
}
