package io.codeploy.multiquery.command;

import io.codeploy.multiquery.fanout.TimeSource;
import io.codeploy.multiquery.warm.keeper.Keeper;
import io.codeploy.multiquery.warm.wire.Place;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Objects;

/** The process of a keeper: {@code multiquery --keeper SOCKET}, which only a run starts. */
final class KeeperProgram {
  /** What a connection may need besides its own socket, for what goes on over it. */
  private static final int FILES_EACH = 3;

  private static final int MOST = 10_000;

  private KeeperProgram() {}

  static ExitCode run(Surroundings surroundings, Path socket, TimeSource time) {
    int files = surroundings.controls().openFiles().orElse(FILES_EACH * MOST);
    try {
      Path directory = Objects.requireNonNullElse(socket.getParent(), socket);
      new Keeper(
              Place.in(directory, surroundings.userName()),
              socket,
              (wishes, person) ->
                  new SshOptions(wishes.slice(), wishes.command()).cold(surroundings, person, time),
              Math.min(MOST, Math.max(1, files / FILES_EACH)),
              new SecureRandom(),
              time)
          .run();
      return ExitCode.OK;
    } catch (IOException e) {
      surroundings.err().println("multiquery: " + e.getMessage());
      return ExitCode.USAGE;
    }
  }
}
