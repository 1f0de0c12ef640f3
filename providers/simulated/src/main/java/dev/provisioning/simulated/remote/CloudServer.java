package dev.provisioning.simulated.remote;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.provisioning.simulated.SimulatedCloud;
import dev.provisioning.simulated.SimulatedProvider;
import dev.provisioning.spi.MachineProvider;
import dev.provisioning.spi.PriceList;
import dev.provisioning.spi.ProviderException;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/** Serves one {@link SimulatedCloud} to operators: {@code POST /<operator id>/<method>}. */
public final class CloudServer implements AutoCloseable {
  private static final Map<String, Method> METHODS = methods();

  private final SimulatedCloud cloud;
  private final HttpServer http;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /** Listens on a free port. */
  public CloudServer(SimulatedCloud cloud) throws IOException {
    this.cloud = cloud;
    this.http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    http.setExecutor(threads);
    http.createContext("/", this::serve);
    http.start();
  }

  /** For {@code spec.providers[].endpoint} of a Workspace. */
  public String endpoint() {
    return "http://127.0.0.1:" + http.getAddress().getPort();
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      String[] path = exchange.getRequestURI().getPath().split("/");
      JsonNode arguments = Wire.JSON.readTree(exchange.getRequestBody());
      Answer answer = answer(METHODS.get(path[2]), path[1], arguments);
      exchange.sendResponseHeaders(answer.status(), answer.body().length);
      exchange.getResponseBody().write(answer.body());
    }
  }

  private record Answer(int status, byte[] body) {}

  private Answer answer(Method method, String operatorId, JsonNode sent) throws IOException {
    Object[] arguments = new Object[method.getParameterCount()];
    for (int i = 0; i < arguments.length; i++) {
      arguments[i] =
          Wire.JSON.readerFor(type(method.getGenericParameterTypes()[i])).readValue(sent.get(i));
    }
    try {
      Object result = method.invoke(new SimulatedProvider(cloud, operatorId), arguments);
      JavaType type = type(method.getGenericReturnType());
      return new Answer(Wire.DONE, Wire.JSON.writerFor(type).writeValueAsBytes(result));
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof ProviderException refused) {
        return new Answer(Wire.FAILED, Wire.JSON.writeValueAsBytes(refused.failure()));
      }
      throw new IOException(method + " failed", e.getCause());
    } catch (IllegalAccessException e) {
      throw new IOException(method + " is not ours to call", e);
    }
  }

  private static JavaType type(java.lang.reflect.Type type) {
    return Wire.JSON.constructType(type);
  }

  /** The ports overload nothing. */
  private static Map<String, Method> methods() {
    Map<String, Method> found = new HashMap<>();
    Stream.of(MachineProvider.class, PriceList.class)
        .flatMap(port -> Arrays.stream(port.getDeclaredMethods()))
        .forEach(method -> found.put(method.getName(), method));
    return Map.copyOf(found);
  }

  @Override
  public void close() {
    http.stop(0);
    threads.shutdownNow();
  }
}
