package io.codeploy.multicopy.push;

import io.codeploy.multicopy.compress.Squeezing;
import io.codeploy.multicopy.plan.Plan;
import io.codeploy.multicopy.plan.Selection;
import io.codeploy.multicopy.progress.Progress;
import io.codeploy.multicopy.relay.Parcel;
import io.codeploy.multicopy.relay.RelayPlace;
import io.codeploy.multicopy.shell.Complaint;
import io.codeploy.multicopy.shell.Look;
import io.codeploy.multicopy.shell.Way;
import io.codeploy.multicopy.source.SourceEntry;
import io.codeploy.multicopy.source.SourceTree;
import io.codeploy.multicopy.source.Sources;
import io.codeploy.multicopy.source.Wire;
import io.codeploy.multiquery.connect.Connection;
import io.codeploy.multiquery.connect.NodeFailedException;
import io.codeploy.multiquery.node.NodeFailure;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A push to one node by its shell: look, send what is missing into a stage, check it there, rename
 * it into its place. docs/multicopy.md tells the steps.
 */
public final class ShellPush {
  private final Connection connection;
  private final Sources sources;
  private final Progress progress;
  private final Optional<RelayPlace> relay;
  private final Duration limit;
  private final OwnStage own;

  private final Selection selection;
  private final Squeezing squeezing;

  /**
   * @param relay by which contents may come
   * @param limit for opening a channel
   * @param own stage of an earlier attempt at this push, if there was one
   */
  public ShellPush(
      Connection connection,
      PushMeans means,
      Progress progress,
      Optional<RelayPlace> relay,
      Duration limit,
      OwnStage own) {
    this.connection = connection;
    this.sources = means.sources();
    this.selection = means.selection();
    this.squeezing = means.squeezing();
    this.progress = progress;
    this.relay = relay;
    this.limit = limit;
    this.own = own;
  }

  /**
   * Copies {@code paths} to {@code destination} on the node.
   *
   * @return what would be done, where nothing is to be done
   * @throws io.codeploy.multicopy.shell.NoShellException if the node has to be gone about in
   *     another way; it is as it was
   */
  public Optional<Plan> run(List<String> paths, String destination)
      throws IOException, InterruptedException {
    List<SourceTree> trees = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (String path : paths) {
      Optional<SourceTree> listed = tree(path);
      if (listed.isPresent()) {
        SourceTree tree = listed.get();
        trees.add(tree);
        names.add((tree.root().isDirectory() ? "d " : "f ") + tree.name());
      }
    }
    if (trees.isEmpty()) {
      return selection.dryRun() ? Optional.of(new Plan(List.of(), 0)) : Optional.empty();
    }
    try (Look look = Look.at(connection, Wire.of(destination), names, limit, progress)) {
      checkPlace(look, paths.size(), destination);
      Comparison comparison = compare(look, trees);
      if (selection.dryRun()) {
        return Optional.of(PushPlan.of(comparison.trees(), look.base()));
      }
      Tally.tell(trees, comparison.different(), progress);
      if (comparison.different().isEmpty()) {
        if (look.has("stale")) {
          look.clear();
        }
      } else {
        send(look, trees, comparison.different(), key(paths, destination, trees));
      }
      return Optional.empty();
    }
  }

  private Comparison compare(Look look, List<SourceTree> trees)
      throws IOException, InterruptedException {
    Comparison comparison = Comparison.of(look, trees, selection);
    if (selection.equality() == Selection.Equality.DIGEST) {
      if (!look.has("sha256sum")) {
        throw failure("--checksum: the node has no sha256sum");
      }
      new NodeDigests(comparison.trees(), sources).decide(connection, look.base(), progress);
    }
    comparison.settle(selection);
    if (!comparison.different().isEmpty() && look.has("denied")) {
      throw failure(Wire.text(look.base()) + ": permission denied");
    }
    return comparison;
  }

  private static void checkPlace(Look look, int sources, String destination)
      throws NodeFailedException {
    if (look.kind().equals("nowhere")) {
      throw failure(Wire.text(look.base()) + ": no such directory");
    }
    if (!look.kind().equals("directory") && sources > 1) {
      throw failure(destination + ": not a directory, and there are several sources");
    }
  }

  /** Of a stage that may be taken over by a later run: one for the same purpose. */
  private static String key(List<String> paths, String destination, List<SourceTree> trees) {
    StringBuilder text = new StringBuilder(destination);
    paths.forEach(path -> text.append('\0').append(path));
    for (SourceTree tree : trees) {
      for (SourceEntry entry : tree.entries()) {
        if (NodeTree.isLarge(entry)) {
          text.append(entry);
        }
      }
    }
    return "%016x".formatted(Fingerprint.of(text));
  }

  private Optional<SourceTree> tree(String path) throws IOException, InterruptedException {
    try (Progress.OwnWork listing = progress.ownWork()) {
      return sources.tree(path, selection.modeBits());
    }
  }

  private void send(Look look, List<SourceTree> all, List<NodeTree> trees, String key)
      throws IOException, InterruptedException {
    boolean verified = look.has("sha256sum");
    if (own.path().isPresent()) {
      look.leave(own.path().get());
    }
    String stage = look.stage(key, staged(trees, verified));
    own.is(stage);
    Tally.tell(all, trees, progress);
    if (carried(look.base() + "/" + stage + "/t", trees)) {
      Tally.tell(all, trees, progress);
    }
    if (verified) {
      prepare(trees);
    }
    StagedTransfer transfer =
        new StagedTransfer(connection, look.base(), stage, progress, squeezing.on(look::has));
    try {
      if (look.way() == Way.CAT) {
        transfer.sendByCat(trees);
      }
      for (NodeTree tree : trees) {
        transfer.sendLarge(tree, look.has("dd") ? Optional.of(sources) : Optional.empty());
      }
      if (look.way() == Way.TAR) {
        transfer.sendTar(trees, new TarHeaders(look.has("gnutar")), sources);
      }
      if (verified) {
        digest(trees);
      }
      if (!look.kind().equals("directory") && trees.getFirst().entry(0).isDirectory()) {
        // Once it is there, a source would go into it.
        progress.commit();
      }
      transfer.finish(new FinishScript(trees, look.base(), stage, verified, sources));
    } catch (NodeFailedException e) {
      if (e.failure() instanceof NodeFailure.RemoteFailure) {
        transfer.remove();
      }
      throw e;
    }
  }

  /** What a relay has put into the stage need not be sent. */
  private boolean carried(String directory, List<NodeTree> trees) throws InterruptedException {
    String text = Wire.text(directory);
    if (relay.isEmpty() || !Wire.of(text).equals(directory)) {
      return false;
    }
    List<Parcel> parcels =
        trees.stream()
            .map(t -> new Parcel(t.number(), t.source(), t.target(), t.filesToSend()))
            .toList();
    boolean carried = relay.get().carry(connection, text, parcels, progress);
    if (carried) {
      trees.forEach(NodeTree::carried);
    }
    return carried;
  }

  private void prepare(List<NodeTree> trees) {
    for (NodeTree tree : trees) {
      tree.indexes(tree::missing)
          .mapToObj(tree::entry)
          .filter(SourceEntry::isFile)
          .forEach(sources::prepare);
    }
  }

  private void digest(List<NodeTree> trees) throws IOException, InterruptedException {
    try (Progress.OwnWork reading = progress.ownWork()) {
      for (NodeTree tree : trees) {
        for (int i = 0; i < tree.size(); i++) {
          if (tree.missing(i) && tree.entry(i).isFile()) {
            sources.digest(tree.entry(i));
          }
        }
      }
    }
  }

  private static Look.Listing staged(List<NodeTree> trees, boolean verified) {
    Map<String, NodeTree> byTarget = new HashMap<>();
    trees.forEach(tree -> byTarget.put(tree.target(), tree));
    return (source, name, found) -> {
      int slash = name.indexOf('/');
      NodeTree tree = byTarget.get(slash < 0 ? name : name.substring(0, slash));
      if (tree != null) {
        tree.staged(slash < 0 ? "" : name.substring(slash + 1), found, verified);
      }
    };
  }

  static NodeFailedException failure(String said) {
    return new NodeFailedException(new NodeFailure.RemoteFailure(said));
  }

  static NodeFailedException complaint(String said) {
    return failure(Complaint.cause(said));
  }
}
