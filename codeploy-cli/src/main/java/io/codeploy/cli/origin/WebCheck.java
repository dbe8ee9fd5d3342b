package io.codeploy.cli.origin;

import io.codeploy.chunkcache.chunk.CuttingRules;
import io.codeploy.chunkcache.chunk.EncodedChunk;
import io.codeploy.chunkcache.manifest.RegularFile;
import io.codeploy.chunkcache.swarm.FileKind;
import io.codeploy.cli.scan.ScannedTree;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds out what a web server makes of a tree. */
record WebCheck(WebUrl url, ScannedTree tree, WebProbe probe) {
  private static final int SAMPLE_BYTES = 64 << 10;

  /**
   * What samples told.
   *
   * @param offeredKinds kinds of files that have to be offered as copies
   * @param right whether any sample came through as it is
   * @param failure what to tell when nothing at all comes through
   */
  record Findings(Set<String> offeredKinds, boolean right, Optional<String> failure) {}

  /** Samples the files of the tree; of a tree that travels as an archive there is no need to. */
  Findings sampleTree() throws OriginException, InterruptedException {
    if (tree.archive().isPresent()) {
      return new Findings(Set.of(), false, Optional.empty());
    }
    WebSamples samples = WebSamples.of(tree.manifest().files());
    List<String> kinds = List.copyOf(samples.byKind().keySet());
    List<Sample> starts =
        samples.byKind().values().stream().map(file -> WebSamples.start(file, url, tree)).toList();
    List<Answer> answers = probe.ask(starts);
    Set<String> offered = new HashSet<>(samples.untried());
    offered.add(WebSamples.EXECUTABLE);
    Optional<String> failure = Optional.empty();
    for (int i = 0; i < kinds.size(); i++) {
      if (!answers.get(i).right()) {
        offered.add(kinds.get(i));
        failure = Optional.of(failure.orElse(told(starts.get(i), answers.get(i))));
      }
    }
    boolean right = answers.stream().anyMatch(Answer::right);
    if (right) {
      checkRest(samples, offered);
      checkGuarded(offered);
    }
    return new Findings(offered, right, failure);
  }

  /** Samples what lies in the offered directory {@code name}, which tells for sure. */
  void sampleOffered(String name, OfferedCopies copies, Findings findings)
      throws OriginException, InterruptedException, IOException {
    EncodedChunk chunk = tree.encodedManifest().chunks().get(0);
    List<Sample> samples = new ArrayList<>();
    samples.add(offered(name, "m-" + chunk.ref().transported(), copies));
    if (tree.archive().isPresent()) {
      samples.add(offered(name, "archive", copies));
    }
    List<Answer> answers = probe.ask(samples);
    for (int i = 0; i < samples.size(); i++) {
      if (!answers.get(i).right()) {
        throw notServed(findings, samples.get(i), answers.get(i));
      }
      checkRanges(answers.get(i));
    }
  }

  private Sample offered(String dir, String file, OfferedCopies copies) throws IOException {
    long size = Files.size(copies.file(file));
    long offset = size / 2;
    int length = (int) Math.min(SAMPLE_BYTES, size - offset);
    return new Sample(url.of(dir, file), copies.file(file), offset, length);
  }

  private void checkRest(WebSamples samples, Set<String> offered)
      throws OriginException, InterruptedException {
    List<Sample> rest = new ArrayList<>();
    samples.deepest().filter(file -> isAsked(file, offered)).map(this::start).ifPresent(rest::add);
    samples.largest().filter(file -> isAsked(file, offered)).map(this::middle).ifPresent(rest::add);
    List<Answer> answers = probe.ask(rest);
    for (int i = 0; i < rest.size(); i++) {
      if (!answers.get(i).right()) {
        throw new OriginException(
            url
                + " serves only a part of "
                + tree.dir()
                + ": "
                + told(rest.get(i), answers.get(i)));
      }
      checkRanges(answers.get(i));
    }
  }

  /** One file that nodes cannot have would spoil a deployment late. */
  private void checkGuarded(Set<String> offered) throws OriginException, InterruptedException {
    List<RegularFile> guarded =
        WebSamples.guarded(tree.manifest()).stream()
            .filter(file -> isAsked(file, offered))
            .toList();
    List<Answer> answers = probe.ask(guarded.stream().map(this::start).toList());
    for (int i = 0; i < guarded.size(); i++) {
      if (!answers.get(i).right()) {
        RegularFile file = guarded.get(i);
        throw new OriginException(
            "GET %s %s, since not everybody may read %s; let the web server, --exclude it, or leave the URL out"
                .formatted(
                    url.of(file.path()),
                    answers.get(i).words(),
                    tree.dir().resolve(file.path().value())));
      }
    }
  }

  private Sample start(RegularFile file) {
    return WebSamples.start(file, url, tree);
  }

  private Sample middle(RegularFile file) {
    return WebSamples.middle(file, url, tree);
  }

  private static boolean isAsked(RegularFile file, Set<String> offered) {
    return !offered.contains(FileKind.of(file));
  }

  private void checkRanges(Answer answer) throws OriginException {
    if (answer instanceof Answer.Whole && longestBytes() > CuttingRules.CUT_FROM_BYTES) {
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

  private OriginException notServed(Findings findings, Sample sample, Answer answer) {
    if (findings.right()) {
      return new OriginException(
          url
              + " serves "
              + tree.dir()
              + " but not a new directory in it: "
              + told(sample, answer));
    }
    return new OriginException(
        url
            + " does not serve "
            + tree.dir()
            + ": "
            + findings.failure().orElseGet(() -> told(sample, answer)));
  }

  private static String told(Sample sample, Answer answer) {
    return "GET %s %s, expected %d bytes of %s; check that the directory is below the server's root"
        .formatted(sample.url(), answer.words(), sample.length(), sample.file());
  }
}
