package dev.provisioning.simulated.remote;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.provisioning.spi.Effect;
import dev.provisioning.spi.MachineProvider;
import dev.provisioning.spi.PriceList;
import dev.provisioning.spi.ProviderException;
import dev.provisioning.spi.model.Failure;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.lang.reflect.Type;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** The client of a {@link CloudServer}. */
public final class RemoteCloud implements InvocationHandler {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final Duration RETRY = Duration.ofSeconds(1);

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
  private final URI root;

  private RemoteCloud(String endpoint, String operatorId) {
    this.root = URI.create(endpoint + "/" + operatorId + "/");
  }

  /** Both ports of the simulated provider. */
  public interface Ports extends MachineProvider, PriceList {}

  public static Ports at(String endpoint, String operatorId) {
    return (Ports)
        Proxy.newProxyInstance(
            Ports.class.getClassLoader(),
            new Class<?>[] {Ports.class},
            new RemoteCloud(endpoint, operatorId));
  }

  @Override
  public Object invoke(Object proxy, Method method, Object[] arguments) {
    if (method.getDeclaringClass() == Object.class) {
      throw new UnsupportedOperationException(method + " of a remote cloud");
    }
    if (method.getName().equals("close")) {
      http.shutdownNow();
      return null;
    }
    try {
      return received(method, sent(method, body(method, arguments)));
    } catch (IOException e) {
      throw failed(new Failure.Bug("WireBroken", method.getName() + ": " + e.getMessage()), e);
    }
  }

  /** Each argument as its declared type: only that says which names its records need. */
  private static byte[] body(Method method, Object[] arguments) throws IOException {
    ArrayNode all = Wire.JSON.createArrayNode();
    Type[] types = method.getGenericParameterTypes();
    for (int i = 0; i < types.length; i++) {
      byte[] one = Wire.JSON.writerFor(type(types[i])).writeValueAsBytes(arguments[i]);
      all.add(Wire.JSON.readTree(one));
    }
    return Wire.JSON.writeValueAsBytes(all);
  }

  private HttpResponse<byte[]> sent(Method method, byte[] body) {
    HttpRequest request =
        HttpRequest.newBuilder(root.resolve(method.getName()))
            .timeout(TIMEOUT)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build();
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofByteArray());
    } catch (ConnectException e) {
      throw failed(new Failure.Transient("ConnectionRefused", root + " refuses", RETRY), e);
    } catch (IOException e) {
      throw failed(unanswered(method, e), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed(unanswered(method, e), e);
    }
  }

  private Failure unanswered(Method method, Exception e) {
    String message = "%s%s: %s".formatted(root, method.getName(), e.getMessage());
    return method.isAnnotationPresent(Effect.class)
        ? new Failure.OutcomeUnknown("NoAnswer", message)
        : new Failure.Transient("NoAnswer", message, RETRY);
  }

  private static Object received(Method method, HttpResponse<byte[]> answer) throws IOException {
    if (answer.statusCode() == Wire.FAILED) {
      throw new ProviderException(Wire.JSON.readValue(answer.body(), Failure.class));
    }
    if (answer.statusCode() != Wire.DONE) {
      throw new IOException(method.getName() + " answered " + answer.statusCode());
    }
    return Wire.JSON.readerFor(type(method.getGenericReturnType())).readValue(answer.body());
  }

  private static JavaType type(Type type) {
    return Wire.JSON.constructType(type);
  }

  private static ProviderException failed(Failure failure, Exception cause) {
    return new ProviderException(failure, cause);
  }
}
