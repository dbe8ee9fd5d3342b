package io.codeploy.multiquery.ssh;

import io.codeploy.multiquery.connect.NodeFailedException;
import io.codeploy.multiquery.ssh.call.Deadline;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.sshd.client.channel.ChannelSession;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.session.ConnectionService;

/**
 * Whether a server lets some sessions be open at once over one connection (MaxSessions): one that
 * waits, one that is about to end, and what a client may need beside them.
 */
final class Room {
  private static final int SESSIONS = 4;

  private Room() {}

  /** Tries it, with sessions in which nothing is started; nothing else may be under way. */
  static boolean isFound(ClientSession session, Deadline deadline) throws InterruptedException {
    List<Channels.Opened<ChannelSession>> opened = new ArrayList<>();
    boolean found = false;
    try {
      while (opened.size() < SESSIONS) {
        opened.add(open(session, deadline));
      }
      found = true;
    } catch (NodeFailedException e) {
      // There is no room, or nobody answers.
    } finally {
      opened.forEach(Channels.Opened::close);
      for (Channels.Opened<ChannelSession> each : opened) {
        found &= isShut(each, deadline);
      }
    }
    return found;
  }

  private static Channels.Opened<ChannelSession> open(ClientSession session, Deadline deadline)
      throws NodeFailedException, InterruptedException {
    return Channels.open(session, Room::bare, deadline, "command");
  }

  private static ChannelSession bare(ClientSession session) throws IOException {
    ChannelSession channel = new ChannelSession();
    session.getService(ConnectionService.class).registerChannel(channel);
    return channel;
  }

  /** Waits until the server has closed it, too, and its place is free. */
  private static boolean isShut(Channels.Opened<ChannelSession> opened, Deadline deadline)
      throws InterruptedException {
    return Futures.await(opened.channel().close(false), deadline);
  }
}
