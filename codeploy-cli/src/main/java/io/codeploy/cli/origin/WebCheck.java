package io.codeploy.cli.origin;

import io.codeploy.chunkcache.chunk.CuttingRules;
import io.codeploy.chunkcache.chunk.EncodedChunk;
import io.codeploy.chunkcache.manifest.RegularFile;
import io.codeploy.chunkcache.origin.FileKind;
import io.codeploy.cli.origin.KindCheck.Findings;
import io.codeploy.cli.scan.ScannedTree;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Finds out what a web server makes of a tree: first of its kinds of files, then of the rest. */
final class WebCheck {
  private static final int SAMPLE_BYTES = 64 << 10;

  private final WebUrl url;
  private final ScannedTree tree;
  private final WebProbe probe;
  private final WebSamples samples;

  WebCheck(WebUrl url, ScannedTree tree, WebProbe probe) {
    this.url = url;
    this.tree = tree;
    this.probe = probe;
    this.samples = WebSamples.of(tree.manifest());
  }

  /** Samples the files of the tree; of a tree that travels as an archive there is no need to. */
  Findings sampleTree() throws OriginException, InterruptedException {
    return tree.archive().isPresent()
        ? Findings.none()
        : new KindCheck(url, tree, probe).ask(samples);
  }

  /** Samples what lies in the offered directory {@code name}, which tells for sure. */
  void sampleOffered(String name, OfferedCopies copies, Findings findings)
      throws OriginException, InterruptedException, IOException {
    EncodedChunk chunk = tree.encodedManifest().chunks().get(0);
    List<Sample> offered = new ArrayList<>();
    offered.add(offered(name, "m-" + chunk.ref().transported(), copies));
    if (tree.archive().isPresent()) {
      offered.add(offered(name, "archive", copies));
    }
    for (Tried tried : probe.ask(offered)) {
      if (!tried.right()) {
        throw notServed(findings, tried);
      }
      checkRanges(tried);
    }
  }

  private Sample offered(String dir, String file, OfferedCopies copies) throws IOException {
    long size = Files.size(copies.file(file));
    long offset = size / 2;
    int length = (int) Math.min(SAMPLE_BYTES, size - offset);
    return new Sample(url.of(dir, file), copies.file(file), offset, length);
  }

  /** Samples those files that are not of {@code offered} kinds and may well be special. */
  void sampleRest(Set<String> offered) throws OriginException, InterruptedException {
    if (tree.archive().isPresent()) {
      return;
    }
    List<Sample> rest = new ArrayList<>();
    samples
        .deepest()
        .filter(file -> isAsked(file, offered))
        .map(file -> WebSamples.start(file, url, tree))
        .ifPresent(rest::add);
    samples
        .largest()
        .filter(file -> isAsked(file, offered))
        .map(file -> WebSamples.middle(file, url, tree))
        .ifPresent(rest::add);
    for (Tried tried : probe.ask(rest)) {
      if (!tried.right()) {
        throw new OriginException(
            url + " serves only a part of " + tree.dir() + ": " + tried.told());
      }
      checkRanges(tried);
    }
    sampleGuarded(offered);
  }

  /** One file that nodes cannot have would spoil a deployment late. */
  private void sampleGuarded(Set<String> offered) throws OriginException, InterruptedException {
    List<Sample> guarded =
        samples.guarded().stream()
            .filter(file -> isAsked(file, offered))
            .map(file -> WebSamples.start(file, url, tree))
            .toList();
    for (Tried tried : probe.ask(guarded)) {
      if (!tried.right()) {
        throw new OriginException(
            "GET %s %s, since not everybody may read %s; let the web server, --exclude it, or leave the URL out"
                .formatted(tried.sample().url(), tried.answer().words(), tried.sample().file()));
      }
    }
  }

  private static boolean isAsked(RegularFile file, Set<String> offered) {
    return !offered.contains(FileKind.of(file));
  }

  private void checkRanges(Tried tried) throws OriginException {
    if (tried.answer() instanceof Answer.Whole && longestBytes() > CuttingRules.CUT_FROM_BYTES) {
      throw new OriginException(
          url
              + " ignores Range requests, which files over 2 MiB need; "
              + "enable them in the web server or leave the URL out");
    }
  }

  private long longestBytes() {
    long archived = tree.manifest().archive().stream().mapToLong(this::chunkBytes).sum();
    long longest = tree.manifest().files().stream().mapToLong(RegularFile::size).max().orElse(0);
    return tree.archive().isPresent() ? archived : longest;
  }

  private long chunkBytes(int index) {
    return tree.manifest().chunks().get(index).transportedLength();
  }

  private OriginException notServed(Findings findings, Tried offered) {
    return findings.right()
        ? new OriginException(
            url + " serves " + tree.dir() + " but not a new directory in it: " + offered.told())
        : new OriginException(
            "%s does not serve %s: %s"
                .formatted(url, tree.dir(), findings.failure().orElse(offered).told()));
  }
}
