package io.codeploy.agent.control;

import java.util.List;
import java.util.Objects;

/** Where a node that has access to the origin finds it. */
public sealed interface OriginSpec {
  /**
   * A server of chunks: {@code GET <url>/c/<digest>} with the deployment's token.
   *
   * @param url without a trailing slash; for a node without access any text
   */
  record ChunkServer(String url) implements OriginSpec {
    public ChunkServer {
      Objects.requireNonNull(url, "url is null");
    }
  }

  /**
   * A static web server that serves the tree and knows ranges.
   *
   * @param url of the tree's root, without a trailing slash
   * @param offeredDir name of the directory below the root that holds the manifest's chunks ({@code
   *     m-<digest>}), the archive ({@code archive}) and the copies of files that cannot be fetched
   *     under their own name ({@code f-<digest of the file>})
   * @param offeredKinds the kinds of files, as {@code FileKind} names them, that are fetched as
   *     such copies
   */
  record WebTree(String url, String offeredDir, List<String> offeredKinds) implements OriginSpec {
    public WebTree {
      Objects.requireNonNull(url, "url is null");
      Objects.requireNonNull(offeredDir, "offeredDir is null");
      offeredKinds = List.copyOf(offeredKinds);
    }
  }
}
