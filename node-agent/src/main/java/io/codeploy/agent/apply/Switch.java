package io.codeploy.agent.apply;

import io.codeploy.agent.control.AgentEvent.Counts;
import io.codeploy.agent.plan.Change.Delete;
import io.codeploy.agent.plan.Change.MakeDirectory;
import io.codeploy.agent.plan.Change.MakeLink;
import io.codeploy.agent.plan.Change.Prior;
import io.codeploy.agent.plan.Change.SetAttributes;
import io.codeploy.agent.plan.Plan;
import io.codeploy.chunkcache.manifest.Directory;
import io.codeploy.chunkcache.manifest.RegularFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/**
 * The last step: puts what is staged in place, path by path. An error at a path is told and the
 * others go on; what is below a directory that could not be made is left out. A crash leaves a
 * mixture of old and new files, all of them whole, which the next run completes. On one thread.
 */
final class Switch {
  private final Folders folders;
  private final Stage stage;
  private final Problems problems;

  /** Directories in which something was changed, relative to the root. */
  private final Set<Path> touched = new HashSet<>();

  private final Set<Path> failed = new HashSet<>();
  private int created;
  private int updated;
  private int attributes;
  private int deleted;
  private int staged;

  Switch(Folders folders, Stage stage, Problems problems) {
    this.folders = folders;
    this.stage = stage;
    this.problems = problems;
  }

  /** Directories, files, links, attributes of files. */
  void place(Plan plan, StagedFiles files) throws IOException {
    for (MakeDirectory change : plan.only(MakeDirectory.class)) {
      at(path(change.entry().path().value()), path -> placeDirectory(path, change));
    }
    for (StagedFile file : files.all()) {
      if (file.verified()) {
        Prior prior = file.change().prior();
        at(path(file.file().path().value()), path -> place(file.name(), path, prior));
      }
    }
    for (MakeLink change : plan.only(MakeLink.class)) {
      at(path(change.link().path().value()), path -> placeLink(path, change));
    }
    for (SetAttributes change : plan.only(SetAttributes.class)) {
      at(path(change.entry().path().value()), path -> setAttributes(path, change));
    }
  }

  /** What the manifest does not have. */
  void delete(Plan plan) throws IOException {
    for (Delete change : plan.only(Delete.class)) {
      at(change.path(), path -> delete(path, change));
    }
  }

  /** Directories in which something was changed, or which were made or opened up for that. */
  Set<Path> touched() {
    Set<Path> all = new HashSet<>(touched);
    all.addAll(folders.loosened());
    return all;
  }

  Counts counts(int unchanged) {
    return new Counts(unchanged, created, updated, attributes, deleted);
  }

  @FunctionalInterface
  private interface Step {
    void run(Path path) throws IOException;
  }

  private void at(Path path, Step step) throws IOException {
    if (path.getParent() != null && failed.contains(path.getParent())) {
      failed.add(path);
      return;
    }
    try {
      step.run(path);
      touchParent(path);
    } catch (IOException e) {
      Interruption.rethrow(e);
      failed.add(path);
      problems.add(path.toString(), e);
    }
  }

  private void placeDirectory(Path path, MakeDirectory change) throws IOException {
    Path name = nextName();
    stage.makeDirectory(name);
    place(name, path, change.prior());
    touched.add(path);
  }

  private void placeLink(Path path, MakeLink change) throws IOException {
    Path name = nextName();
    stage.makeLink(name, change.link().target());
    place(name, path, change.prior());
  }

  private void place(Path stagedName, Path path, Prior prior) throws IOException {
    Folder parent = folders.toChange(path);
    if (prior == Prior.WRONG_TYPE) {
      Removal.remove(parent, path.getFileName());
    }
    stage.folder().move(stagedName, parent, path.getFileName());
    if (prior == Prior.NOTHING) {
      created++;
    } else {
      updated++;
    }
  }

  private void setAttributes(Path path, SetAttributes change) throws IOException {
    if (change.entry() instanceof RegularFile file) {
      Folder parent = folders.holding(path);
      Path name = path.getFileName();
      parent.setMtime(name, file.mtime());
      parent.setMode(name, file.mode());
    } else if (change.entry() instanceof Directory) {
      // Set with those of all touched directories, at the very end.
      touched.add(path);
    }
    attributes++;
  }

  private void delete(Path path, Delete change) throws IOException {
    Folder parent = folders.toChange(path);
    if (change.directory()) {
      parent.deleteDirectory(path.getFileName());
    } else {
      parent.deleteFile(path.getFileName());
    }
    deleted++;
  }

  private void touchParent(Path path) {
    if (path.getParent() != null) {
      touched.add(path.getParent());
    }
  }

  private Path nextName() {
    return Path.of("s" + staged++);
  }

  private static Path path(String value) {
    return Path.of(value);
  }
}
