package io.codeploy.multiquery.connect;

import io.codeploy.multiquery.node.NodeFailure;
import java.io.IOException;

/** A node failed. Caught at the boundary of the node's task, where it becomes an outcome. */
public final class NodeFailedException extends IOException {
  private static final long serialVersionUID = 1;

  private final transient NodeFailure failure;

  public NodeFailedException(NodeFailure failure) {
    super(failure.message());
    this.failure = failure;
  }

  public NodeFailedException(NodeFailure failure, Throwable cause) {
    super(failure.message(), cause);
    this.failure = failure;
  }

  /** What happened. */
  public NodeFailure failure() {
    return failure;
  }
}
