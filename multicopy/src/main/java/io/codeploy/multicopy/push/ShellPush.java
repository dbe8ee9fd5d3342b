package io.codeploy.multicopy.push;

import io.codeploy.multicopy.compress.Squeezing;
import io.codeploy.multicopy.expand.Location;
import io.codeploy.multicopy.plan.Plan;
import io.codeploy.multicopy.plan.Selection;
import io.codeploy.multicopy.progress.Progress;
import io.codeploy.multicopy.pull.NodeSources;
import io.codeploy.multicopy.relay.Parcel;
import io.codeploy.multicopy.relay.RelayPlace;
import io.codeploy.multicopy.shell.Complaint;
import io.codeploy.multicopy.shell.Look;
import io.codeploy.multicopy.shell.Way;
import io.codeploy.multicopy.source.Detail;
import io.codeploy.multicopy.source.SourceTree;
import io.codeploy.multicopy.source.Sources;
import io.codeploy.multicopy.source.Wire;
import io.codeploy.multiquery.connect.Connection;
import io.codeploy.multiquery.connect.NodeFailedException;
import io.codeploy.multiquery.node.NodeFailure;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
   * Copies what is at {@code locations}, here or on the node itself, to {@code destination} on the
   * node.
   *
   * @return what would be done, where nothing is to be done
   * @throws io.codeploy.multicopy.shell.NoShellException if the node has to be gone about in
   *     another way; it is as it was
   */
  public Optional<Plan> run(List<Location> locations, String destination)
      throws IOException, InterruptedException {
    List<SourceTree> trees = trees(locations);
    if (trees.isEmpty()) {
      return selection.dryRun() ? Optional.of(new Plan(List.of(), 0)) : Optional.empty();
    }
    Given given = new Given(locations, trees);
    Look.Question question =
        new Look.Question(
            Wire.of(destination), names(given), selection.details(), given.hasLarge());
    try (Look look = Look.at(connection, question, limit, progress)) {
      given.check(look, destination, selection);
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
        send(look, given, comparison.different(), given.key(destination, selection.details()));
      }
      return Optional.empty();
    }
  }

  private List<String> names(Given given) throws IOException, InterruptedException {
    try (Progress.OwnWork digesting = progress.ownWork()) {
      return given.names(sources, selection);
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
    comparison.settle(selection, ids(trees));
    if (keeps(Detail.XATTRS) && !look.has("xattrs")) {
      throw failure("--preserve xattrs: the node's tar does not know --xattrs");
    }
    if (!comparison.different().isEmpty()) {
      requireWritable(look);
    }
    return comparison;
  }

  private static void requireWritable(Look look) throws NodeFailedException {
    if (look.has("denied") || look.has("readonly")) {
      throw failure(
          Wire.text(look.base())
              + (look.has("denied") ? ": permission denied" : ": read-only file system"));
    }
  }

  private List<SourceTree> trees(List<Location> locations)
      throws IOException, InterruptedException {
    List<SourceTree> trees = new ArrayList<>();
    for (Location location : locations) {
      trees.addAll(trees(location));
    }
    return trees;
  }

  private List<SourceTree> onNode(Given given) throws IOException, InterruptedException {
    return trees(given.locations().stream().filter(Location.Remote.class::isInstance).toList());
  }

  private List<SourceTree> trees(Location location) throws IOException, InterruptedException {
    return switch (location) {
      case Location.Local here -> {
        try (Progress.OwnWork listing = progress.ownWork()) {
          yield sources.tree(here.path()).stream().toList();
        }
      }
      case Location.Remote there ->
          NodeSources.list(connection, limit, progress, there.path(), selection.exclusion());
    };
  }

  private void send(Look look, Given given, List<NodeTree> trees, String key)
      throws IOException, InterruptedException {
    boolean verified = look.has("sha256sum");
    if (own.path().isPresent()) {
      look.leave(own.path().get());
    }
    String stage = look.stage(key, new StageListing(trees, verified));
    own.is(stage);
    Tally.tell(given.trees(), trees, progress);
    if (carried(look.base() + "/" + stage + "/t", trees)) {
      Tally.tell(given.trees(), trees, progress);
    }
    List<NodeTree> fromHere = trees.stream().filter(tree -> !tree.isOnNode()).toList();
    if (verified) {
      prepare(fromHere);
    }
    StagedTransfer transfer =
        new StagedTransfer(connection, look.base(), stage, progress, squeezing.on(look::has));
    try {
      if (fromHere.size() < trees.size()) {
        new OnNodeCopy(trees, () -> onNode(given)).run(transfer, look, stage, key, progress);
      }
      if (look.way() == Way.CAT && !fromHere.isEmpty()) {
        transfer.sendByCat(fromHere);
      }
      Optional<Sources> sparse = look.has("dd") ? Optional.of(sources) : Optional.empty();
      for (NodeTree tree : fromHere) {
        transfer.sendLarge(tree, look.way(), sparse);
      }
      boolean unread = verified;
      if (look.way() == Way.TAR && !fromHere.isEmpty()) {
        TarHeaders headers = new TarHeaders(look.has("gnutar"), keeps(Detail.XATTRS));
        unread &= !transfer.sendTar(fromHere, headers, sources);
      }
      if (unread) {
        digest(fromHere);
      }
      if (!look.kind().equals("directory") && trees.getFirst().entry(0).isDirectory()) {
        // Once it is there, a source would go into it.
        progress.commit();
      }
      transfer.finish(look, new FinishScript(trees, stage, unread, sources));
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
    // Agents carry contents alone.
    if (relay.isEmpty() || keeps(Detail.XATTRS) || !Wire.of(text).equals(directory)) {
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

  private boolean keeps(Detail detail) {
    return selection.details().contains(detail);
  }

  private Optional<NodeIds> ids(List<SourceTree> trees) throws IOException, InterruptedException {
    return keeps(Detail.OWNER) || keeps(Detail.GROUP)
        ? Optional.of(NodeIds.of(connection, trees, selection.details()))
        : Optional.empty();
  }

  private void prepare(List<NodeTree> trees) {
    for (NodeTree tree : trees) {
      tree.indexes(tree::isChecked).mapToObj(tree::entry).forEach(sources::prepare);
    }
  }

  private void digest(List<NodeTree> trees) throws IOException, InterruptedException {
    try (Progress.OwnWork reading = progress.ownWork()) {
      for (NodeTree tree : trees) {
        for (int i = 0; i < tree.size(); i++) {
          if (tree.isChecked(i)) {
            sources.digest(tree.entry(i));
          }
        }
      }
    }
  }

  static NodeFailedException failure(String said) {
    return new NodeFailedException(new NodeFailure.RemoteFailure(said));
  }

  static NodeFailedException complaint(String said) {
    return failure(Complaint.cause(said));
  }
}
