package io.codeploy.multicopy.pull;

import io.codeploy.multicopy.plan.Selection;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Gives what a node has. Blocking; one thread. */
interface Origin {
  /**
   * Lists what {@code paths} and patterns mean on the node, in wire form, but for what is excluded.
   * What cannot be listed is a problem, and so is one that means nothing.
   *
   * @throws io.codeploy.multicopy.shell.NoShellException if another origin has to be asked
   */
  List<RemoteSource> list(List<String> paths, Selection selection, Problems problems)
      throws IOException, InterruptedException;

  /** What the node calls its users and groups. */
  RemoteNames names(Set<Integer> users, Set<Integer> groups)
      throws IOException, InterruptedException;

  /** Fetches {@code files}, in their order. What cannot be read is a problem. */
  void fetch(List<Incoming> files, Problems problems) throws IOException, InterruptedException;

  /** Fetches the rest of one large file, in the same way. */
  void fetchRest(Incoming file, Problems problems) throws IOException, InterruptedException;

  /** Whether the node can digest its files. */
  boolean digests();

  /** SHA-256 of each of the node's {@code paths}, in hexadecimal, where it can be had. */
  List<Optional<String>> sums(List<String> paths) throws IOException, InterruptedException;

  /** The same of the first bytes of one, as many as were listed. */
  Optional<String> sumOfListed(Incoming file) throws IOException, InterruptedException;
}
