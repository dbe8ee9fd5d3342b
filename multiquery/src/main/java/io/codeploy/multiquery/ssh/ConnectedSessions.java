package io.codeploy.multiquery.ssh;

import java.net.SocketAddress;
import java.nio.channels.AsynchronousSocketChannel;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.sshd.common.AttributeRepository;
import org.apache.sshd.common.Factory;
import org.apache.sshd.common.FactoryManager;
import org.apache.sshd.common.future.SshFutureListener;
import org.apache.sshd.common.io.DefaultIoConnectFuture;
import org.apache.sshd.common.io.IoConnectFuture;
import org.apache.sshd.common.io.IoConnector;
import org.apache.sshd.common.io.IoHandler;
import org.apache.sshd.common.io.IoServiceFactory;
import org.apache.sshd.common.io.IoServiceFactoryFactory;
import org.apache.sshd.common.io.nio2.Nio2Connector;
import org.apache.sshd.common.io.nio2.Nio2ServiceFactory;
import org.apache.sshd.common.util.threads.CloseableExecutorService;
import org.apache.sshd.common.util.threads.NoCloseExecutor;
import org.jspecify.annotations.Nullable;

/**
 * Has MINA make sessions over sockets that are connected already, which their {@link Attempt}
 * brings along. MINA's own way to connect, with a thread that waits for each socket, is left for
 * what a server forwards.
 */
final class ConnectedSessions implements IoServiceFactoryFactory {
  private final ClientThreads threads;
  private final Sockets sockets;

  ConnectedSessions(ClientThreads threads, Sockets sockets) {
    this.threads = threads;
    this.sockets = sockets;
  }

  @Override
  public IoServiceFactory create(FactoryManager manager) {
    CloseableExecutorService waits = new NoCloseExecutor(threads.waits());
    return new Nio2ServiceFactory(manager, new NoCloseExecutor(threads.io()), waits) {
      @Override
      public IoConnector createConnector(IoHandler handler) {
        return autowireCreatedService(new Connector(this, handler, sockets, waits));
      }
    };
  }

  @Override
  public void setExecutorServiceFactory(Factory<CloseableExecutorService> factory) {
    throw new UnsupportedOperationException("the threads are given by the constructor");
  }

  private static final class Connector extends Nio2Connector {
    Connector(
        Nio2ServiceFactory services,
        IoHandler handler,
        Sockets sockets,
        CloseableExecutorService waits) {
      super(services, services.getFactoryManager(), handler, sockets.group(), waits);
    }

    @Override
    public IoConnectFuture connect(
        SocketAddress address,
        @Nullable AttributeRepository context,
        @Nullable SocketAddress from) {
      Optional<AsynchronousSocketChannel> socket = Attempt.socket(context);
      return socket.isEmpty()
          ? super.connect(address, context, from)
          : new Connected(address, socket.get(), Objects.requireNonNull(context));
    }

    /**
     * Makes its session when there is a listener, who sets it up before the first byte is read.
     * MINA has one.
     */
    private final class Connected extends DefaultIoConnectFuture {
      private final AsynchronousSocketChannel socket;
      private final AttributeRepository context;
      private final AtomicBoolean begun = new AtomicBoolean();

      Connected(
          SocketAddress address, AsynchronousSocketChannel socket, AttributeRepository context) {
        super(address, null);
        this.socket = socket;
        this.context = context;
      }

      @Override
      public IoConnectFuture addListener(SshFutureListener<IoConnectFuture> listener) {
        IoConnectFuture self = super.addListener(listener);
        if (begun.compareAndSet(false, true)) {
          createConnectionCompletionHandler(this, socket, context, propertyResolver, getIoHandler())
              .completed(null, null);
        }
        return self;
      }
    }
  }
}
