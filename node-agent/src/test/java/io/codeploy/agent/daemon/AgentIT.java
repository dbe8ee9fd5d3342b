package io.codeploy.agent.daemon;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.agent.control.AgentEvent;
import io.codeploy.agent.control.AgentEvent.Counts;
import io.codeploy.agent.control.AgentEvent.Report;
import io.codeploy.agent.control.AgentState;
import io.codeploy.agent.control.AgentStateCodec;
import io.codeploy.agent.control.AgentStatus;
import io.codeploy.agent.control.ControlCodec;
import io.codeploy.agent.control.DeployRequest;
import io.codeploy.agent.control.EndRequest;
import io.codeploy.agent.control.Extent;
import io.codeploy.agent.control.NearAnswer;
import io.codeploy.agent.control.NearRequest;
import io.codeploy.agent.control.OriginSpec;
import io.codeploy.agent.control.ReachAnswer;
import io.codeploy.agent.control.ReachRequest;
import io.codeploy.agent.control.SeedRequest;
import io.codeploy.agent.testing.Tree;
import io.codeploy.chunkcache.chunk.ChunkRef;
import io.codeploy.chunkcache.chunk.Digest;
import io.codeploy.chunkcache.manifest.EncodedManifest;
import io.codeploy.chunkcache.manifest.ManifestChunks;
import io.codeploy.chunkcache.manifest.ManifestCodec;
import io.codeploy.chunkcache.manifest.RelativePath;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentIT {
  @TempDir Path temporary;
  private Fixture fixture;

  @BeforeEach
  void open() throws IOException {
    fixture = new Fixture(temporary);
  }

  @AfterEach
  void close() throws Exception {
    fixture.close();
  }

  @Test
  void givesTheArchiveOfItsImageWhereAControllerSaysSo() throws IOException {
    Agent agent = fixture.start(0);
    ControlClient control = new ControlClient(agent.state());
    byte[] archive = new byte[300_000];
    new Random(5).nextBytes(archive);
    Digest digest = Digest.of(archive);
    byte[] request = ControlCodec.encode(new SeedRequest(digest.toString(), "0f".repeat(32)));

    assertEquals(404, control.post("/v1/seed", request).status());
    Path kept = fixture.agentDir(0).resolve("image/1.0.tar.gz");
    Files.createDirectories(kept.getParent());
    Files.write(kept, archive);
    assertEquals(204, control.post("/v1/seed", request).status());

    URI uri =
        URI.create(
            "http://%s:%s/i/%s"
                .formatted(agent.state().peerHost(), agent.state().peerPort(), digest));
    HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
    connection.setRequestProperty("Authorization", "Bearer " + "0f".repeat(32));
    assertArrayEquals(archive, connection.getInputStream().readAllBytes());
    assertEquals(archive.length, connection.getContentLengthLong());
    HttpURLConnection stranger = (HttpURLConnection) uri.toURL().openConnection();
    assertEquals(401, stranger.getResponseCode());
  }

  @Test
  void deploysATreeAndThenChangesNothing() throws IOException {
    ControlClient control = new ControlClient(fixture.start(0).state());
    Tree tree = tree();

    Report first = control.report(fixture.request(tree, "a/test"));
    Report second = control.report(fixture.request(tree, "a/test"));

    assertEquals(List.of(), first.errors());
    assertEquals(new Counts(0, 5, 0, 0, 0), first.counts());
    assertTrue(first.traffic().fromOrigin() > 100_000);
    assertEquals(new Counts(5, 0, 0, 0, 0), second.counts());
    assertEquals(new AgentEvent.Traffic(0, 0, 0, 0), second.traffic());
    assertHas(tree, fixture.home(0).resolve("a/test"));
  }

  @Test
  void servesOnlyTheLastDeploymentOnceItRests() throws IOException {
    Agent agent = fixture.start(0);
    ControlClient control = new ControlClient(agent.state());
    DeployRequest last = fixture.request(tree(), "last");
    control.report(fixture.request(tree(), "first"));
    control.report(last);
    awaitEnds(control, 2);

    agent.rest();

    assertEquals(
        List.of(last.deployment()),
        status(control).deployments().stream().map(AgentStatus.Deployment::deployment).toList());
    assertEquals(List.of(), control.report(fixture.request(tree(), "first")).errors());
  }

  @Test
  void tellsOfPhasesInOrder() throws IOException {
    ControlClient control = new ControlClient(fixture.start(0).state());

    List<AgentEvent> events = control.deploy(fixture.request(tree(), "test"));

    List<AgentEvent.Phase> phases =
        events.stream()
            .filter(AgentEvent.Progress.class::isInstance)
            .map(event -> ((AgentEvent.Progress) event).phase())
            .distinct()
            .toList();
    assertEquals(List.of(AgentEvent.Phase.values()), phases);
  }

  @Test
  void fetchesFromAPeerWhatTheOriginIsTooFarFor() throws Exception {
    ControlClient near = new ControlClient(fixture.start(0).state());
    ControlClient far = new ControlClient(fixture.start(1).state());
    Tree tree = tree();
    DeployRequest first = fixture.request(tree, tree.manifest(), 0, "test", false);
    DeployRequest second =
        new DeployRequest(
            first.deployment(),
            first.token(),
            1,
            first.peers(),
            "test",
            first.signedRoot(),
            first.publicKey(),
            List.of(),
            first.origin(),
            first.options(),
            new Extent.Whole(Optional.empty(), 0755));

    try (ExecutorService both = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Report> one = both.submit(() -> near.report(first));
      Future<Report> other = both.submit(() -> far.report(second));

      assertEquals(List.of(), one.get().errors());
      assertEquals(List.of(), other.get().errors());
      assertEquals(0, other.get().traffic().fromOrigin());
      assertTrue(other.get().traffic().fromPeers() > 100_000);
    }
    assertHas(tree, fixture.home(1).resolve("test"));
  }

  @Test
  void takesTheManifestThatComesWithTheRequest() throws Exception {
    ControlClient control = new ControlClient(fixture.start(0).state());
    Tree tree = tree();
    List<String> chunks = base64(ManifestChunks.encode(tree.manifest()));

    Report report = control.report(withManifest(fixture.request(tree, "test"), chunks));

    assertEquals(List.of(), report.errors());
    long content = tree.manifest().chunks().stream().mapToLong(ChunkRef::transportedLength).sum();
    assertEquals(content, report.traffic().fromOrigin());
    assertHas(tree, fixture.home(0).resolve("test"));
  }

  @Test
  void refusesAManifestThatIsNotTheRoots() throws Exception {
    ControlClient control = new ControlClient(fixture.start(0).state());
    DeployRequest request = withManifest(fixture.request(tree(), "test"), List.of("AAEC"));

    Report report = control.report(request);

    assertEquals(1, report.errors().size());
    assertFalse(Files.exists(fixture.home(0).resolve("test")));
  }

  private static List<String> base64(EncodedManifest manifest) {
    return manifest.chunks().stream()
        .map(chunk -> Base64.getEncoder().encode(chunk.transported().duplicate()))
        .map(bytes -> UTF_8.decode(bytes).toString())
        .toList();
  }

  private static DeployRequest withManifest(DeployRequest request, List<String> chunks) {
    return new DeployRequest(
        request.deployment(),
        request.token(),
        request.self(),
        request.peers(),
        request.remoteDir(),
        request.signedRoot(),
        request.publicKey(),
        chunks,
        request.origin(),
        request.options(),
        request.extent());
  }

  @Test
  void completesFromItsStoreAfterACrashInTheMiddle() throws Exception {
    Agent agent = fixture.start(0);
    Tree tree = tree();
    new ControlClient(agent.state()).report(fixture.request(tree, "first"));
    agent.close();
    // As after a kill: a stage with half of a file, the store, no record.
    Path stage = fixture.home(0).resolve("second/.codeploy-stage");
    Files.createDirectories(stage);
    Files.writeString(stage.resolve("f0"), "half");

    Report report =
        new ControlClient(fixture.start(0).state()).report(fixture.request(tree, "second"));

    assertEquals(List.of(), report.errors());
    assertEquals(0, report.traffic().fromOrigin());
    assertFalse(Files.exists(stage));
  }

  @Test
  void rebuildsAChangedFileFromItsOldVersionWhenTheStoreIsLost() throws Exception {
    Agent agent = fixture.start(0);
    byte[] content = new byte[100_000];
    new Random(7).nextBytes(content);
    new ControlClient(agent.state())
        .report(fixture.request(new Tree().file("f", 0644, content), "test"));
    agent.close();
    try (Stream<Path> store = Files.walk(fixture.agentDir(0).resolve("store"))) {
      store.map(Path::toFile).filter(File::isFile).forEach(File::delete);
    }
    content[50_000]++;

    Tree tree = new Tree().file("f", 0644, content);
    Report report =
        new ControlClient(fixture.start(0).state()).report(fixture.request(tree, "test"));

    assertEquals(List.of(), report.errors());
    long manifest = ManifestCodec.encode(tree.manifest()).length;
    assertTrue(report.traffic().fromOrigin() <= manifest + 1000, report::toString);
    assertHas(tree, fixture.home(0).resolve("test"));
  }

  @Test
  void endsADeploymentThatRunsWhenItIsStopped() throws Exception {
    Agent agent = fixture.start(0);
    fixture.hold();
    CompletableFuture<Report> report =
        CompletableFuture.supplyAsync(
            () -> report(new ControlClient(agent.state()), fixture.request(tree(), "test")));
    awaitRunning(agent);

    assertEquals(204, new ControlClient(agent.state()).post("/v1/stop", new byte[0]).status());
    agent.awaitEnd();
    agent.close();

    assertTrue(report.handle((told, lost) -> lost != null || !told.errors().isEmpty()).get());
    assertFalse(Files.exists(fixture.agentDir(0).resolve(AgentStateCodec.FILE)));
  }

  @Test
  void endsADeploymentThatRunsEvenWhereItsStateCannotBeRemoved() throws Exception {
    Agent agent = fixture.start(0);
    DeployRequest request = fixture.request(tree(), "test");
    fixture.hold();
    CompletableFuture<Report> report =
        CompletableFuture.supplyAsync(() -> report(new ControlClient(agent.state()), request));
    awaitRunning(agent);
    Path state = fixture.agentDir(0).resolve(AgentStateCodec.FILE);
    Files.delete(state);
    Files.createDirectories(state.resolve("occupied"));

    assertThrows(DirectoryNotEmptyException.class, agent::close);

    assertTrue(report.handle((told, lost) -> lost != null || !told.errors().isEmpty()).get());
    assertTrue(
        Thread.getAllStackTraces().keySet().stream()
            .noneMatch(thread -> thread.getName().equals("deploy-" + request.deployment())));
  }

  @Test
  void removesATreeAsDeepAsPathsGo() throws Exception {
    ControlClient control = new ControlClient(fixture.start(0).state());
    Path deep = fixture.home(0).resolve("test/" + "d/".repeat(1900) + "d");
    Files.createDirectories(deep);

    Report report = control.report(fixture.request(tree(), tree().manifest(), 0, "test", true));

    assertEquals(List.of(), report.errors());
    assertEquals(1901, report.counts().deleted());
    assertHas(tree(), fixture.home(0).resolve("test"));
  }

  @Test
  void leavesTheAgentAndTheKeysOfTheLoginInItsHomeDirectory() throws Exception {
    ControlClient control = new ControlClient(fixture.start(0).state());
    Path home = fixture.home(0);
    Path keys = Files.createDirectory(home.resolve(".ssh")).resolve("authorized_keys");
    Files.createFile(keys);
    Files.createFile(home.resolve("surplus"));

    Report report = control.report(fixture.request(tree(), tree().manifest(), 0, ".", true));

    assertEquals(List.of(), report.errors());
    assertEquals(1, report.counts().deleted());
    assertTrue(Files.exists(keys));
    assertTrue(Files.exists(fixture.agentDir(0).resolve(AgentStateCodec.FILE)));
  }

  @Test
  void leavesWhatIsOfferedWhereATreeIsDeployedToItself() throws Exception {
    ControlClient control = new ControlClient(fixture.start(0).state());
    Tree tree = tree();
    DeployRequest first = fixture.request(tree, tree.manifest(), 0, "test", true);
    assertEquals(List.of(), control.report(first).errors());
    Path offered = Files.createDirectory(fixture.home(0).resolve("test/__codeploy_0123"));
    Files.createFile(offered.resolve("archive"));
    Files.createFile(fixture.home(0).resolve("test/surplus"));

    Report report =
        control.report(
            new DeployRequest(
                "0f".repeat(16),
                first.token(),
                0,
                first.peers(),
                "test",
                first.signedRoot(),
                first.publicKey(),
                List.of(),
                new OriginSpec.WebTree(fixture.originUrl(), "__codeploy_0123", List.of()),
                first.options(),
                first.extent()));

    assertEquals(List.of(), report.errors());
    assertEquals(1, report.counts().deleted());
    assertTrue(Files.exists(offered.resolve("archive")));
  }

  @Test
  void writesAStateFileThatWasLostAgain() throws Exception {
    Agent agent = fixture.start(0);
    Path state = fixture.agentDir(0).resolve(AgentStateCodec.FILE);
    Files.delete(state);

    assertTrue(agent.keepFindable());

    assertEquals(agent.state(), AgentStateCodec.decode(Files.readString(state)));
  }

  /** Another thread may look after it while a signal ends the agent. */
  @Test
  void writesNoStateFileOnceItHasEnded() throws Exception {
    Agent agent = fixture.start(0);
    agent.close();

    agent.keepFindable();

    assertFalse(Files.exists(fixture.agentDir(0).resolve(AgentStateCodec.FILE)));
  }

  /** An agent ends without it. */
  @Test
  void leavesNoLockToThoseWhoRemoveOldFiles() throws Exception {
    FileTime old = FileTime.fromMillis(0);
    Path lock = Files.createDirectories(fixture.agentDir(0)).resolve("agent.lock");
    Files.createFile(lock);
    Files.setLastModifiedTime(lock, old);

    Agent agent = fixture.start(0);
    assertNotEquals(old, Files.getLastModifiedTime(lock));
    Files.setLastModifiedTime(lock, old);
    agent.rest();
    assertNotEquals(old, Files.getLastModifiedTime(lock));
  }

  @Test
  void refusesABodyThatIsTooLarge() throws Exception {
    ControlClient control = new ControlClient(fixture.start(0).state());
    byte[] body = new byte[ControlCodec.MAX_BYTES + 1];
    Arrays.fill(body, (byte) ' ');

    HttpURLConnection connection = control.open("POST", "/v1/deployments");
    ControlClient.send(connection, body);
    assertEquals(413, connection.getResponseCode());
    HttpURLConnection chunked = control.open("POST", "/v1/deployments");
    chunked.setDoOutput(true);
    chunked.setChunkedStreamingMode(1 << 16);
    try (OutputStream out = chunked.getOutputStream()) {
      out.write(body);
    }
    assertEquals(413, chunked.getResponseCode());
    assertEquals(400, control.post("/v1/near", Arrays.copyOf(body, body.length - 1)).status());
  }

  @Test
  void leavesTheStateOfAnAgentThatCameAfterItsDirectoryWasRemoved() throws Exception {
    Agent agent = fixture.start(0);
    assertTrue(agent.keepFindable());
    Files.move(fixture.agentDir(0), temporary.resolve("moved"));
    assertFalse(agent.keepFindable());

    Agent next = fixture.start(0);
    agent.awaitEnd();
    agent.close();

    Path state = fixture.agentDir(0).resolve(AgentStateCodec.FILE);
    assertEquals(next.state(), AgentStateCodec.decode(Files.readString(state)));
    assertTrue(next.keepFindable());
  }

  @Test
  void endsTheDeploymentThatItIsToldToAndNoOther() throws Exception {
    Agent agent = fixture.start(0);
    ControlClient control = new ControlClient(agent.state());
    fixture.hold();
    DeployRequest request = fixture.request(tree(), "test");
    CompletableFuture<Report> ended = CompletableFuture.supplyAsync(() -> report(control, request));
    CompletableFuture<Report> other =
        CompletableFuture.supplyAsync(() -> report(control, fixture.request(tree(), "other")));
    while (!runs(control, request)) {
      Thread.onSpinWait();
    }

    assertEquals(204, end(control, request.deployment()));
    assertEquals(List.of("the agent was stopped; deploy again"), ended.get().errors());
    assertEquals(204, end(control, request.deployment()));
    fixture.letGo();

    assertEquals(List.of(), other.get().errors());
    assertFalse(Files.exists(fixture.home(0).resolve("test/.codeploy-stage")));
    assertEquals(List.of(), control.report(fixture.request(tree(), "test")).errors());
  }

  private static int end(ControlClient control, String deployment) throws IOException {
    return control.post("/v1/end", ControlCodec.encode(new EndRequest(deployment))).status();
  }

  @Test
  void refusesASecondDeploymentToTheSameDirectoryAndRunsOthers() throws Exception {
    Agent agent = fixture.start(0);
    ControlClient control = new ControlClient(agent.state());
    fixture.hold();
    CompletableFuture<Report> first =
        CompletableFuture.supplyAsync(() -> report(control, fixture.request(tree(), "one")));
    awaitRunning(agent);

    ControlClient.Answer refused =
        control.post("/v1/deployments", ControlCodec.encode(fixture.request(tree(), "./one/")));
    CompletableFuture<Report> other =
        CompletableFuture.supplyAsync(() -> report(control, fixture.request(tree(), "two")));
    fixture.letGo();

    assertEquals(409, refused.status());
    assertEquals(1, refused.body().lines().count());
    assertEquals(List.of(), first.get().errors());
    assertEquals(List.of(), other.get().errors());
  }

  @Test
  void goesOnWhenTheControllerIsLost() throws Exception {
    Agent agent = fixture.start(0);
    ControlClient control = new ControlClient(agent.state());
    Tree tree = tree();
    fixture.hold();
    HttpURLConnection lost = control.open("POST", "/v1/deployments");
    ControlClient.send(lost, ControlCodec.encode(fixture.request(tree, "test")));
    awaitRunning(agent);
    lost.disconnect();
    fixture.letGo();

    while (status(control).deployments().get(0).running()) {
      Thread.onSpinWait();
    }

    assertHas(tree, fixture.home(0).resolve("test"));
  }

  @Test
  void endsADeploymentWhoseControllerIsLostWhenAnotherToTheSameDirectoryComes() throws Exception {
    Agent agent = fixture.start(0);
    ControlClient control = new ControlClient(agent.state());
    Tree tree = tree();
    fixture.hold();
    HttpURLConnection lost = control.open("POST", "/v1/deployments");
    ControlClient.send(lost, ControlCodec.encode(fixture.request(tree, "test")));
    awaitRunning(agent);
    lost.disconnect();
    DeployRequest second = fixture.request(tree, "test");
    CompletableFuture<Report> report = CompletableFuture.supplyAsync(() -> report(control, second));

    while (!runs(control, second)) {
      Thread.onSpinWait();
    }
    fixture.letGo();

    assertEquals(List.of(), report.get().errors());
    assertHas(tree, fixture.home(0).resolve("test"));
  }

  private static boolean runs(ControlClient control, DeployRequest request) throws IOException {
    return status(control).deployments().stream()
        .anyMatch(one -> one.running() && one.deployment().equals(request.deployment()));
  }

  @Test
  void reportsARemoteDirectoryThatIsAFile() throws IOException {
    Agent agent = fixture.start(0);
    Files.writeString(fixture.home(0).resolve("test"), "x");

    Report report = new ControlClient(agent.state()).report(fixture.request(tree(), "test"));

    assertEquals(
        List.of(
            fixture.home(0).resolve("test")
                + ": is a file, no directory; remove it on the node or choose another"),
        report.errors());
  }

  /** As /proc takes no new directory from anybody, this holds for root, too. */
  @Test
  void reportsARemoteDirectoryThatCannotBeMade() throws IOException {
    ControlClient control = new ControlClient(fixture.start(0).state());

    Report report = control.report(fixture.request(tree(), "/proc/codeploy-test/a"));

    assertEquals(
        List.of(
            "/proc/codeploy-test/a: not there, or cannot be made there;"
                + " choose another directory or deploy again"),
        report.errors());
  }

  @Test
  void putsAPartWhereItIsToldAndRemembersNothing() throws IOException {
    ControlClient control = new ControlClient(fixture.start(0).state());
    Tree tree = tree();
    Path stage = Files.createDirectories(fixture.home(0).resolve("stage/t"));

    Report report = control.report(part(fixture.request(tree, "stage/t"), "big one"));

    assertEquals(List.of(), report.errors());
    assertArrayEquals(
        tree.contents().get(new RelativePath("d ä/big")),
        Files.readAllBytes(stage.resolve("big one/big")));
    try (Stream<Path> all = Files.walk(stage)) {
      assertEquals(3, all.count(), "the stage, a directory and a file");
    }
    assertFalse(Files.exists(fixture.agentDir(0).resolve("deployed")));
  }

  @Test
  void putsNoPartIntoADirectoryThatIsNotThere() throws IOException {
    ControlClient control = new ControlClient(fixture.start(0).state());

    Report report = control.report(part(fixture.request(tree(), "nowhere"), "big"));

    assertEquals(1, report.errors().size());
    assertTrue(report.errors().getFirst().contains("no such directory"), report.errors()::toString);
    assertFalse(Files.exists(fixture.home(0).resolve("nowhere")));
  }

  @Test
  void reportsAPartThatIsNoneOfTheManifest() throws IOException {
    ControlClient control = new ControlClient(fixture.start(0).state());
    Files.createDirectories(fixture.home(0).resolve("stage"));

    Report report = control.report(part(fixture.request(tree(), "stage"), "../out"));

    assertEquals(1, report.errors().size());
    assertFalse(Files.exists(fixture.home(0).resolve("out")));
  }

  @Test
  void endsAPartWhenTheControllerIsLost() throws Exception {
    Agent agent = fixture.start(0);
    ControlClient control = new ControlClient(agent.state());
    Path stage = Files.createDirectories(fixture.home(0).resolve("stage"));
    fixture.hold();
    HttpURLConnection lost = control.open("POST", "/v1/deployments");
    ControlClient.send(lost, ControlCodec.encode(part(fixture.request(tree(), "stage"), "big")));
    awaitRunning(agent);
    lost.disconnect();

    awaitEnds(control, 1);

    try (Stream<Path> left = Files.list(stage)) {
      assertEquals(List.of(), left.toList());
    }
  }

  /** The file of {@link #tree} that is in a directory, which is called {@code name}. */
  private static DeployRequest part(DeployRequest whole, String name) {
    byte[] second = {2};
    return new DeployRequest(
        whole.deployment(),
        whole.token(),
        whole.self(),
        whole.peers(),
        whole.remoteDir(),
        whole.signedRoot(),
        whole.publicKey(),
        List.of(),
        whole.origin(),
        whole.options(),
        new Extent.Part(List.of(name, "-", "-", "-"), Base64.getEncoder().encodeToString(second)));
  }

  @Test
  void refusesARootThatAnotherKeyHasSigned() throws IOException {
    ControlClient control = new ControlClient(fixture.start(0).state());
    DeployRequest good = fixture.request(tree(), "test");
    DeployRequest forged =
        new DeployRequest(
            good.deployment(),
            good.token(),
            0,
            good.peers(),
            "test",
            good.signedRoot(),
            fixture.request(tree(), "test").publicKey(),
            List.of(),
            good.origin(),
            good.options(),
            new Extent.Whole(Optional.empty(), 0755));

    Report report = control.report(forged);

    assertEquals(1, report.errors().size());
    assertFalse(Files.exists(fixture.home(0).resolve("test")));
  }

  @Test
  void answersNobodyWithoutItsToken() throws IOException {
    AgentState state = fixture.start(0).state();
    AgentState wrong =
        new AgentState(state.pid(), "1", state.controlPort(), "0".repeat(64), "h", 1);

    assertEquals(401, new ControlClient(wrong).get("/v1/status").status());
    assertEquals(401, new ControlClient(wrong).post("/v1/stop", new byte[0]).status());
    assertEquals(200, new ControlClient(state).get("/v1/status").status());
  }

  @Test
  void saysWhatIsWrongWithARequest() throws IOException {
    ControlClient control = new ControlClient(fixture.start(0).state());
    DeployRequest good = fixture.request(tree(), "test");
    String stranger =
        new String(ControlCodec.encode(good), UTF_8).replace("\"self\":0", "\"self\":7");

    assertEquals(400, control.post("/v1/deployments", "{}".getBytes(UTF_8)).status());
    assertEquals(400, control.post("/v1/deployments", stranger.getBytes(UTF_8)).status());
    assertEquals(404, control.get("/v1/nothing").status());
    assertEquals(405, control.get("/v1/stop").status());
  }

  @Test
  void saysWhetherItReachesAnOrigin() throws IOException {
    ControlClient control = new ControlClient(fixture.start(0).state());
    int deaf;
    try (ServerSocket unused = new ServerSocket(0)) {
      deaf = unused.getLocalPort();
    }

    assertTrue(reach(control, fixture.originUrl()).reached());
    assertFalse(reach(control, "http://127.0.0.1:" + deaf).reached());
    assertFalse(reach(control, "file:///etc/passwd").reached());
    assertFalse(reach(control, "nonsense").reached());
  }

  @Test
  void saysHowFarOtherMembersAre() throws IOException {
    ControlClient control = new ControlClient(fixture.start(0).state());
    AgentState other = fixture.start(1).state();
    NearRequest request =
        new NearRequest(List.of(new NearRequest.Address(other.peerHost(), other.peerPort())));

    NearAnswer answer =
        ControlCodec.decodeNearAnswer(
            control.post("/v1/near", ControlCodec.encode(request)).body().getBytes(UTF_8));

    assertEquals(List.of(0), answer.trips().stream().map(NearAnswer.Trip::index).toList());
    assertEquals(400, control.post("/v1/near", "{}".getBytes(UTF_8)).status());
  }

  @Test
  void isTheOnlyOneInItsDirectory() throws IOException {
    Agent agent = fixture.start(0);

    IOException e = assertThrows(IOException.class, () -> fixture.start(0));

    assertTrue(e.toString().contains("an agent runs in " + fixture.agentDir(0)), e.toString());
    assertEquals(
        agent.state(),
        AgentStateCodec.decode(
            Files.readString(fixture.agentDir(0).resolve(AgentStateCodec.FILE))));
  }

  @Test
  void relaysBytesToTheControlPort() throws IOException {
    Agent agent = fixture.start(0);
    String request =
        "GET /v1/status HTTP/1.1\r\nHost: a\r\nConnection: close\r\nAuthorization: Bearer "
            + agent.state().token()
            + "\r\n\r\n";
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    new Relay(fixture.agentDir(0)).run(new ByteArrayInputStream(request.getBytes(UTF_8)), out);

    assertTrue(out.toString(UTF_8).startsWith("HTTP/1.1 200 "), out.toString(UTF_8));
    assertTrue(out.toString(UTF_8).contains("\"version\":\"1.0\""), out.toString(UTF_8));
  }

  private static ReachAnswer reach(ControlClient control, String url) throws IOException {
    byte[] request = ControlCodec.encode(new ReachRequest(url, ""));
    return ControlCodec.decodeReachAnswer(
        control.post("/v1/reach", request).body().getBytes(UTF_8));
  }

  /** A report comes a moment before its deployment is put among those that ended. */
  private static void awaitEnds(ControlClient control, int count) throws IOException {
    while (status(control).deployments().stream().filter(one -> !one.running()).count() < count) {
      Thread.onSpinWait();
    }
  }

  private static AgentStatus status(ControlClient control) throws IOException {
    return ControlCodec.decodeStatus(control.get("/v1/status").body().getBytes(UTF_8));
  }

  private static void awaitRunning(Agent agent) throws IOException {
    ControlClient control = new ControlClient(agent.state());
    while (status(control).deployments().stream().noneMatch(AgentStatus.Deployment::running)) {
      Thread.onSpinWait();
    }
  }

  private static Report report(ControlClient control, DeployRequest request) {
    try {
      return control.report(request);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Tree tree() {
    byte[] random = new byte[100_000];
    new Random(7).nextBytes(random);
    return new Tree()
        .directory("d ä")
        .directory("empty", 0700)
        .file("d ä/big", 0755, random)
        .file("none", "")
        .link("l", "d ä/big");
  }

  private static void assertHas(Tree tree, Path root) throws IOException {
    for (var content : tree.contents().entrySet()) {
      assertArrayEquals(
          content.getValue(), Files.readAllBytes(root.resolve(content.getKey().value())));
    }
  }
}
