package io.codeploy.multiquery.ssh;

import io.codeploy.multiquery.connect.Causes;
import io.codeploy.multiquery.connect.NodeFailedException;
import io.codeploy.multiquery.node.NodeFailure;
import io.codeploy.multiquery.ssh.config.HostSettings;
import io.codeploy.multiquery.ssh.hostkey.HostKey;
import io.codeploy.multiquery.ssh.hostkey.KnownKeys;
import io.codeploy.multiquery.ssh.key.Offer;
import java.nio.channels.AsynchronousSocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.AttributeRepository;
import org.apache.sshd.common.io.IoSession;
import org.jspecify.annotations.Nullable;

/**
 * What a session must know about the host that it is opened to, and what it finds out on the way.
 * Travels with the session as its connection context. Written by I/O threads, read by the caller.
 */
final class Attempt {
  private static final AttributeRepository.AttributeKey<Attempt> KEY =
      new AttributeRepository.AttributeKey<>();

  private static final AttributeRepository.AttributeKey<AsynchronousSocketChannel> SOCKET =
      new AttributeRepository.AttributeKey<>();

  private final HostSettings settings;
  private final KnownKeys known;
  private final Offer offer;
  private final Algorithms.Offered offered;
  private final AtomicReference<NodeFailure> refusal = new AtomicReference<>();
  private final AtomicReference<HostKey> learned = new AtomicReference<>();
  private final AtomicReference<KnownKeys> betterKnown = new AtomicReference<>();
  private final AtomicReference<String> warning = new AtomicReference<>();
  private final AtomicReference<String> breakage = new AtomicReference<>();
  private final ConcurrentLinkedQueue<String> remarks = new ConcurrentLinkedQueue<>();

  /** Set by the I/O thread when the host key is believed. */
  private volatile boolean believed;

  /**
   * An attempt that is yet to be made.
   *
   * @throws NodeFailedException if ssh_config leaves no algorithm to offer
   */
  Attempt(HostSettings settings, KnownKeys known, Offer offer) throws NodeFailedException {
    this.settings = settings;
    this.known = known;
    this.offer = offer;
    this.offered =
        Algorithms.offered(settings.algorithms(), known.keyTypes(), !known.authorities().isEmpty());
  }

  /** Another one that starts from {@code others}. */
  Attempt with(KnownKeys others) throws NodeFailedException {
    return new Attempt(settings, others, offer);
  }

  /** The attempt that {@code session} belongs to. */
  static Attempt of(ClientSession session) {
    return of(session.getConnectionContext());
  }

  /** The same while MINA is still putting the session together. */
  static Attempt of(IoSession session) {
    return of((AttributeRepository) session.getAttribute(AttributeRepository.class));
  }

  private static Attempt of(AttributeRepository context) {
    return Objects.requireNonNull(context.getAttribute(KEY), "a session of somebody else");
  }

  /** What MINA carries for a session over {@code socket}. */
  AttributeRepository context(AsynchronousSocketChannel socket) {
    return AttributeRepository.ofAttributesMap(Map.of(KEY, this, SOCKET, socket));
  }

  /** The socket for the session that is to have {@code context}; none for somebody else's. */
  static Optional<AsynchronousSocketChannel> socket(@Nullable AttributeRepository context) {
    return Optional.ofNullable(context).map(known -> known.getAttribute(SOCKET));
  }

  HostSettings settings() {
    return settings;
  }

  /** Whom it is about, for messages. */
  String label() {
    return switch (settings.reach().proxy()) {
      case HostSettings.Proxy.None none -> settings.target().toString();
      case HostSettings.Proxy.Jumps jumps ->
          settings.target() + " through " + String.join(", ", jumps.hops());
      case HostSettings.Proxy.Command command ->
          settings.target() + " through '" + command.text() + "'";
    };
  }

  KnownKeys known() {
    return known;
  }

  Offer offer() {
    return offer;
  }

  Algorithms.Offered offered() {
    return offered;
  }

  /** The server said this before its greeting. */
  void said(String line) {
    if (!line.startsWith("SSH-")) {
      remark("it said: " + line.strip());
    }
  }

  void believe() {
    believed = true;
  }

  /** A key that no file lists was believed; it is to be remembered. */
  void learn(HostKey key) {
    learned.set(key);
    believe();
  }

  /** The key is believed though it should not be; a login that fails tells it, too. */
  void warn(String text) {
    if (warning.compareAndSet(null, text)) {
      remark(text);
    }
  }

  /** What the person should know of the host key. */
  Optional<String> warning() {
    return Optional.ofNullable(warning.get());
  }

  /** The key shown is of a type that is not listed; another session should ask for those. */
  void reconsider(KnownKeys unhidden) {
    betterKnown.set(unhidden);
  }

  /** What another session should start from, if that makes a difference. */
  Optional<KnownKeys> betterKnown() {
    return Optional.ofNullable(betterKnown.get());
  }

  void refuse(String reason) {
    refusal.compareAndSet(null, new NodeFailure.HostKeyRejected(reason));
  }

  /** Why the host key was not believed. */
  Optional<NodeFailure> refusal() {
    return Optional.ofNullable(refusal.get());
  }

  Optional<HostKey> learned() {
    return Optional.ofNullable(learned.get());
  }

  void remark(String text) {
    remarks.add(text);
  }

  List<String> remarks() {
    return new ArrayList<>(remarks);
  }

  /** The session broke; the first cause is the one to tell. */
  void broke(Throwable cause) {
    breakage.compareAndSet(null, Causes.text(cause));
  }

  /** The failure of a session that is gone. */
  NodeFailedException lost() {
    String cause = Objects.requireNonNullElse(breakage.get(), "closed by the node");
    String told = cause.contains("heartbeat") ? "the node does not answer any more" : cause;
    return new NodeFailedException(
        new NodeFailure.Disconnected(label() + ": connection lost: " + told));
  }

  MinaFailures.Stage stage() {
    return believed ? MinaFailures.Stage.AUTHENTICATING : MinaFailures.Stage.CONNECTING;
  }

  /** The name of the stage in {@code TimedOut}. */
  String phase() {
    return believed ? "authenticate" : "connect";
  }
}
