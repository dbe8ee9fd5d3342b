package io.codeploy.agent.control;

import io.codeploy.chunkcache.member.Peer;
import java.util.List;
import java.util.Objects;

/**
 * One deployment, as one node is told of it.
 *
 * @param deployment 32 hexadecimal digits, new for each run
 * @param token 64 hexadecimal digits; whoever shows it may fetch this deployment's chunks
 * @param self this node's rank among {@code peers}
 * @param peers all members by rank
 * @param remoteDir absolute, or relative to the login's home directory
 * @param signedRoot a signed root in its binary form (docs/formats/signed-root.md), base64
 * @param publicKey the Ed25519 key (X.509 encoding, base64) under which the root must verify
 * @param manifest all of the manifest's chunks in order, in transported form, base64; or none, when
 *     the node is to fetch them
 * @param origin where content comes from first
 * @param options how to apply it
 * @param extent what of it
 */
public record DeployRequest(
    String deployment,
    String token,
    int self,
    List<Peer> peers,
    String remoteDir,
    String signedRoot,
    String publicKey,
    List<String> manifest,
    OriginSpec origin,
    DeployOptions options,
    Extent extent) {
  public DeployRequest {
    Objects.requireNonNull(deployment, "deployment is null");
    Objects.requireNonNull(token, "token is null");
    peers = List.copyOf(peers);
    Objects.requireNonNull(remoteDir, "remoteDir is null");
    Objects.requireNonNull(signedRoot, "signedRoot is null");
    Objects.requireNonNull(publicKey, "publicKey is null");
    manifest = List.copyOf(manifest);
    Objects.requireNonNull(origin, "origin is null");
    Objects.requireNonNull(options, "options is null");
    Objects.requireNonNull(extent, "extent is null");
  }
}
