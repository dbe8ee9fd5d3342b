package io.codeploy.cli.origin;

import io.codeploy.agent.control.OriginSpec;
import io.codeploy.cli.origin.KindCheck.Findings;
import io.codeploy.cli.scan.ScannedTree;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;

/**
 * A static web server of the operator's that serves the tree, for as long as a deployment runs: a
 * temporary directory at the tree's root offers what the server would not give as it is.
 */
public final class WebOrigin implements AutoCloseable {
  private static final int NAME_BYTES = 8;

  private final OriginSpec.WebTree spec;
  private final OfferedCopies copies;

  private WebOrigin(OriginSpec.WebTree spec, OfferedCopies copies) {
    this.spec = spec;
    this.copies = copies;
  }

  /**
   * Checks that {@code url} serves {@code tree}, and offers copies of what it would not give as it
   * is. Blocks while it fetches samples and copies. Removes what killed runs left in the tree. A
   * file that not everybody may read is never copied: the server gives it under its own name or the
   * URL is refused.
   *
   * @param tree scanned for {@code WEB} or {@code ARCHIVE}
   * @throws OriginException if the URL cannot be the tree's origin; nothing is left in the tree
   */
  public static WebOrigin prepare(String url, ScannedTree tree)
      throws OriginException, InterruptedException {
    WebUrl root = WebUrl.parse(url);
    new CopyRules(tree).checkArchive();
    WebCheck check = new WebCheck(root, tree, new WebProbe(root));
    Findings findings = check.sampleTree();
    String name = LeftOvers.PREFIX + randomHex();
    try {
      LeftOvers.remove(tree.dir());
      OfferedCopies copies = offer(tree, name, check, findings);
      List<String> kinds = findings.offeredKinds().stream().sorted().toList();
      return new WebOrigin(new OriginSpec.WebTree(root.toString(), name, kinds), copies);
    } catch (IOException e) {
      throw new OriginException(
          "cannot offer copies in " + tree.dir() + ": " + e + "; mend it or leave the URL out", e);
    }
  }

  private static OfferedCopies offer(
      ScannedTree tree, String name, WebCheck check, Findings findings)
      throws IOException, OriginException, InterruptedException {
    OfferedCopies copies = OfferedCopies.create(tree, name);
    boolean ready = false;
    try {
      copies.offerManifest(tree);
      check.sampleOffered(name, copies, findings);
      check.sampleRest(findings.offeredKinds());
      new CopyRules(tree).checkKinds(findings.offeredKinds());
      copies.offerFiles(tree, findings.offeredKinds());
      ready = true;
      return copies;
    } finally {
      if (!ready) {
        copies.close();
      }
    }
  }

  /** What nodes have to know of it. */
  public OriginSpec.WebTree spec() {
    return spec;
  }

  /** Removes the offered copies; again: does nothing. */
  @Override
  public void close() throws IOException {
    copies.close();
  }

  private static String randomHex() {
    byte[] bytes = new byte[NAME_BYTES];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
