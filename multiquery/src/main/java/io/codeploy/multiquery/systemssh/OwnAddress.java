package io.codeploy.multiquery.systemssh;

import io.codeploy.multiquery.connect.Connection;
import io.codeploy.multiquery.connect.NodeFailedException;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** This end of a connection, as the other end sees it. */
final class OwnAddress {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final Pattern ANSWER = Pattern.compile("=([0-9A-Fa-f.:]+)\\S* (\\d{1,5}) ");

  private OwnAddress() {}

  /** The wildcard address where the node does not tell; keeps an interruption. */
  static InetSocketAddress ask(Connection connection) {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    try {
      connection.execute(
          "echo \"=$SSH_CONNECTION\"",
          InputStream.nullInputStream(),
          said,
          OutputStream.nullOutputStream(),
          LIMIT);
      return parse(said.toString(StandardCharsets.UTF_8));
    } catch (NodeFailedException e) {
      return new InetSocketAddress(0);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new InetSocketAddress(0);
    }
  }

  private static InetSocketAddress parse(String said) {
    Matcher matcher = ANSWER.matcher(said);
    try {
      // Nothing is looked up: it is an address in digits.
      return matcher.find()
          ? new InetSocketAddress(
              InetAddress.getByName(matcher.group(1)), Integer.parseInt(matcher.group(2)))
          : new InetSocketAddress(0);
    } catch (UnknownHostException e) {
      return new InetSocketAddress(0);
    }
  }
}
