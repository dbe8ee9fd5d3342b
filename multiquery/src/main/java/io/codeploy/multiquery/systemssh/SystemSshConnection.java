package io.codeploy.multiquery.systemssh;

import io.codeploy.multiquery.connect.ByteStream;
import io.codeploy.multiquery.connect.Connection;
import io.codeploy.multiquery.connect.ExitStatus;
import io.codeploy.multiquery.connect.NodeFailedException;
import io.codeploy.multiquery.connect.RemoteFiles;
import io.codeploy.multiquery.fanout.TimeSource;
import io.codeploy.multiquery.node.Node;
import io.codeploy.multiquery.node.NodeFailure;
import io.codeploy.multiquery.ssh.call.Deadline;
import io.codeploy.multiquery.systemssh.sftp.SftpFiles;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A master process, and a process for each thing that is done over it. */
final class SystemSshConnection implements Connection {
  private final Master master;
  private final Clients clients;
  private final TimeSource time;

  SystemSshConnection(Master master, ControlDirectory directory, TimeSource time) {
    this.master = master;
    this.clients = new Clients(master, directory);
    this.time = time;
  }

  @Override
  public Node node() {
    return master.target().node();
  }

  /** Its ServerAliveInterval ends a master whose peer is silent; it cannot be asked for it. */
  @Override
  public boolean isOpen() {
    return master.isAlive();
  }

  /** Asked of the node, since ssh does not tell; the wildcard address where it does not answer. */
  @Override
  public InetSocketAddress localAddress() {
    return OwnAddress.ask(this);
  }

  @Override
  public ExitStatus execute(
      String command, InputStream stdin, OutputStream out, OutputStream err, Duration limit)
      throws NodeFailedException, InterruptedException {
    Deadline deadline = Deadline.after(time, limit);
    Clients.Client client = clients.start(Redirect.PIPE, List.of(), Optional.of(command));
    int status = new CommandProcess(client.process()).run(stdin, out, err, deadline);
    if (status == Clients.FAILED) {
      client.check();
    }
    return new ExitStatus.Exited(status);
  }

  @Override
  public ByteStream open(String command, Duration limit)
      throws NodeFailedException, InterruptedException {
    return clients.start(Redirect.DISCARD, List.of(), Optional.of(command)).stream();
  }

  @Override
  public ByteStream openTcp(String host, int port, Duration limit)
      throws NodeFailedException, InterruptedException {
    long said = master.saidBytes();
    String address = bracketed(host) + ":" + port;
    Clients.Client client =
        clients.start(Redirect.PIPE, List.of("-v", "-W", address), Optional.empty());
    if (!Opening.await(client.process(), Deadline.after(time, limit))) {
      client.check();
      throw new NodeFailedException(SshFailures.opening(master.said(said)));
    }
    return client.stream();
  }

  @Override
  public int forwardFromNode(InetSocketAddress target, Duration limit)
      throws NodeFailedException, InterruptedException {
    String to = bracketed(target.getAddress().getHostAddress()) + ":" + target.getPort();
    List<String> request = List.of("-O", "forward", "-R", "127.0.0.1:0:" + to);
    String port = clients.ask(request, Deadline.after(time, limit)).strip();
    if (port.matches("\\d{1,5}")) {
      return Integer.parseInt(port);
    }
    if (master.gone()) {
      throw master.lost();
    }
    throw new NodeFailedException(
        new NodeFailure.RemoteFailure(
            "administratively prohibited: the server does not forward ports to this machine"
                + " (AllowTcpForwarding in sshd_config?)"));
  }

  private static String bracketed(String host) {
    return host.contains(":") ? "[" + host + "]" : host;
  }

  @Override
  public ByteStream openSubsystem(String name, Duration limit)
      throws NodeFailedException, InterruptedException {
    return clients.start(Redirect.DISCARD, List.of("-s"), Optional.of(name)).stream();
  }

  @Override
  public RemoteFiles files(Duration limit) throws NodeFailedException, InterruptedException {
    return SftpFiles.open(openSubsystem("sftp", limit), Deadline.after(time, limit));
  }

  @Override
  public void close() {
    master.close();
  }

  @Override
  public String toString() {
    return "ssh to " + node();
  }
}
