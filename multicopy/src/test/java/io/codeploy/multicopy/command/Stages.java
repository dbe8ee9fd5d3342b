package io.codeploy.multicopy.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** What a push that was broken off leaves on its node. */
final class Stages {
  private Stages() {}

  /** Returns when nobody uses any stage below {@code home} any more. */
  static void awaitLeft(Path home) throws Exception {
    PushRig.until(
        "stages are left alone", () -> PushRig.stages(home).stream().noneMatch(Stages::used));
  }

  /** Whether its holder lives, or who writes into it. */
  private static boolean used(Path stage) {
    try {
      String holder = List.of(stage.getFileName().toString().split("\\.", -1)).get(2);
      return lives(holder) || lives(Files.readString(stage.resolve("w")).strip());
    } catch (NoSuchFileException e) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  private static boolean lives(String process) {
    return !process.isEmpty() && Files.exists(Path.of("/proc", process));
  }
}
