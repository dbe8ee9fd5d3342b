package io.codeploy.multiquery.ssh.config;

/** A directive that holds for a host asks for what cannot be done here. */
public final class UnsupportedDirectiveException extends Exception {
  private static final long serialVersionUID = 1;

  UnsupportedDirectiveException(ConfigLine line, String problem) {
    super(line.place() + ": " + line.keyword() + " " + line.value() + ": " + problem);
  }
}
