package io.codeploy.agent.apply;

import io.codeploy.agent.control.AgentEvent.Phase;
import io.codeploy.agent.plan.IoProblem;
import io.codeploy.chunkcache.manifest.Manifest;
import java.io.IOException;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * Gets the content of all files into the stage: from the disk, from what a deployment that was cut
 * off has left there, then from the network.
 */
final class Staging {
  private final Manifest manifest;
  private final Content content;
  private final ProgressMeter progress;
  private final Problems problems;

  Staging(Manifest manifest, Content content, ProgressMeter progress, Problems problems) {
    this.manifest = manifest;
    this.content = content;
    this.progress = progress;
    this.problems = problems;
  }

  /** Whether content came for all files; an error was told for each that lacks it. */
  boolean fill(Folders folders, Stage stage, StagedFiles files)
      throws IOException, InterruptedException {
    writeEmpty(files);
    new LocalCopies(folders, progress).fill(files);
    new LeftOver(stage, manifest.chunks(), progress).fill(files);
    Optional<String> cause = manifest.archive().isEmpty() ? chunks(files) : archive(stage, files);
    List<StagedFile> lacking = files.all().stream().filter(StagedFile::filling).toList();
    if (!lacking.isEmpty()) {
      problems.add(line(lacking, cause));
    }
    return files.all().stream().allMatch(StagedFile::verified);
  }

  private static String line(List<StagedFile> lacking, Optional<String> cause) {
    int more = lacking.size() - 1;
    return "the content of %s%s did not come: %s"
        .formatted(
            lacking.get(0).file().path(),
            more == 0 ? "" : " and " + more + (more == 1 ? " other file" : " other files"),
            cause
                .map(text -> IoProblem.reason(new IOException(text)))
                .orElse("it is not in what was fetched; run codeploy again"));
  }

  private void writeEmpty(StagedFiles files) throws IOException {
    for (StagedFile file : files.all()) {
      if (file.file().size() == 0) {
        files.guard(file, file::writeEmpty);
      }
    }
  }

  private Optional<String> chunks(StagedFiles files) throws IOException, InterruptedException {
    return fetch(
        files.wanted(),
        (chunk, plain) -> {
          files.put(chunk, plain);
          progress.add(plain.remaining());
        });
  }

  private Optional<String> archive(Stage stage, StagedFiles files)
      throws IOException, InterruptedException {
    if (files.all().stream().noneMatch(StagedFile::filling)) {
      return Optional.empty();
    }
    StagedArchive archive = new StagedArchive(stage, manifest);
    archive.find();
    try (Unpacking unpacking = Unpacking.start(() -> unpack(archive, files))) {
      Optional<String> missing =
          fetch(
              archive.wanted(),
              (chunk, plain) -> {
                archive.put(chunk, plain);
                progress.add(plain.remaining());
              });
      return missing.isPresent() ? missing : unpacking.await();
    }
  }

  private static Optional<String> unpack(StagedArchive archive, StagedFiles files)
      throws IOException {
    try {
      archive.unpack(files);
      return Optional.empty();
    } catch (IOException e) {
      Interruption.rethrow(e);
      String reason = IoProblem.reason(e);
      return Optional.of(reason.contains("; ") ? reason : reason + "; run codeploy again");
    }
  }

  private Optional<String> fetch(BitSet wanted, Content.PlainSink sink)
      throws IOException, InterruptedException {
    if (wanted.isEmpty()) {
      return Optional.empty();
    }
    long bytes = wanted.stream().mapToLong(c -> manifest.chunks().get(c).plainLength()).sum();
    progress.begin(Phase.FETCH, bytes);
    return content.fetch(wanted, sink);
  }
}
