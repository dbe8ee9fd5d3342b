package io.codeploy.multiquery.warm;

import io.codeploy.multiquery.node.Node;
import java.util.Optional;
import java.util.OptionalInt;

/** What of a node decides where its connection leads; its name and labels do not. */
public record Destination(String host, Optional<String> user, OptionalInt port) {
  /** Where {@code node} is. */
  public static Destination of(Node node) {
    return new Destination(node.host(), node.user(), node.port());
  }
}
