package io.codeploy.agent.apply;

import io.codeploy.agent.control.AgentEvent.Counts;
import io.codeploy.agent.control.AgentEvent.Phase;
import io.codeploy.agent.plan.Change.Delete;
import io.codeploy.agent.plan.Change.Refuse;
import io.codeploy.agent.plan.Change.WriteFile;
import io.codeploy.agent.plan.Plan;
import io.codeploy.chunkcache.manifest.Manifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Carries out a plan: stages and verifies all content, then switches. A plan with nothing to do
 * leaves the disk alone. Errors of single paths do not stop the others.
 */
public final class Application {
  private final Path root;
  private final Manifest manifest;
  private final Plan plan;
  private final Content content;
  private final ProgressMeter progress;
  private final Durability durability;
  private final Problems problems;

  /**
   * An application of {@code plan}, which was made of {@code manifest} for {@code root}.
   *
   * @param root a real path; made if it does not exist
   */
  public Application(
      Path root,
      Manifest manifest,
      Plan plan,
      Content content,
      ProgressMeter progress,
      Durability durability) {
    this.root = root;
    this.manifest = manifest;
    this.plan = plan;
    this.content = content;
    this.progress = progress;
    this.durability = durability;
    this.problems = new Problems(root);
  }

  /**
   * Does it. Blocks; holds threads of its own only while it runs. When it fails or is interrupted,
   * every file is either the old or the new one, and the stage is removed. What stays of it when
   * the process is killed is of use to the next run, which removes it then.
   *
   * @throws IOException if nothing could be done at all, or going on is useless
   */
  public Applied run() throws IOException, InterruptedException {
    plan.only(Refuse.class).forEach(refused -> problems.add(refused.path(), refused.reason()));
    Files.createDirectories(root);
    try (Folders folders = new Folders(root)) {
      return hasWork() ? stageAndSwitch(folders) : leaveAlone(folders);
    }
  }

  private boolean hasWork() {
    return plan.changes().stream().anyMatch(change -> !(change instanceof Refuse));
  }

  private Applied leaveAlone(Folders folders) throws IOException {
    Stage.removeLeftOver(folders.root());
    return new Applied(new Counts(plan.unchanged(), 0, 0, 0, 0), problems.lines());
  }

  private Applied stageAndSwitch(Folders folders) throws IOException, InterruptedException {
    List<WriteFile> writes = plan.only(WriteFile.class);
    try (Stage stage = Stage.make(folders.root())) {
      StagedFiles files = new StagedFiles(stage, manifest, writes, problems);
      DiskSpace.require(root, stagedBytes() - stage.keepLeft(resumable(files)));
      boolean complete =
          new Staging(manifest, content, progress, problems).fill(folders, stage, files);
      List<StagedFile> verified = files.all().stream().filter(StagedFile::verified).toList();
      progress.begin(Phase.APPLY, verified.stream().mapToLong(f -> f.file().size()).sum());
      new Sealing(stage, problems, progress).seal(verified, durability);
      Switch change = new Switch(folders, stage, problems);
      change.place(plan, files);
      if (complete) {
        change.delete(plan);
      } else if (!plan.only(Delete.class).isEmpty()) {
        problems.add("nothing was deleted, since content is missing");
      }
      new DirectoryAttributes(folders, problems).set(manifest, change.touched());
      return new Applied(change.counts(plan.unchanged()), problems.lines());
    }
  }

  private Set<Path> resumable(StagedFiles files) {
    Set<Path> names =
        files.all().stream()
            .filter(file -> file.file().size() > 0 && file.change().copyOf().isEmpty())
            .map(StagedFile::name)
            .collect(Collectors.toSet());
    if (!manifest.archive().isEmpty()) {
      names.add(StagedArchive.NAME);
    }
    return names;
  }

  /** What it takes of the disk, beside the files that are replaced. */
  public long stagedBytes() {
    List<WriteFile> writes = plan.only(WriteFile.class);
    return writes.stream().mapToLong(write -> write.file().size()).sum()
        + (writes.isEmpty() ? 0 : archiveBytes());
  }

  private long archiveBytes() {
    return manifest.archive().stream()
        .mapToLong(chunk -> manifest.chunks().get(chunk).plainLength())
        .sum();
  }
}
