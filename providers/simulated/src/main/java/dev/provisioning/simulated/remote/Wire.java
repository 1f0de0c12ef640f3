package dev.provisioning.simulated.remote;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.provisioning.spi.model.Change;
import dev.provisioning.spi.model.Failure;
import dev.provisioning.spi.model.ListQuery;

/** How the port's records travel: sealed types carry the name of their record. */
final class Wire {
  static final int DONE = 200;

  /** The body is a {@link Failure}. */
  static final int FAILED = 422;

  static final ObjectMapper JSON = mapper();

  private Wire() {}

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
  private interface Named {}

  private static ObjectMapper mapper() {
    JsonMapper.Builder builder =
        JsonMapper.builder()
            .addModule(new Jdk8Module())
            .addModule(new JavaTimeModule())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    for (Class<?> sealed : new Class<?>[] {Change.class, Failure.class, ListQuery.class}) {
      builder.addMixIn(sealed, Named.class);
      builder.registerSubtypes(sealed.getPermittedSubclasses());
    }
    return builder.build();
  }
}
