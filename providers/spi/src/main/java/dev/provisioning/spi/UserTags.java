package dev.provisioning.spi;

import dev.provisioning.spi.model.Failure;
import dev.provisioning.spi.model.Owner;
import java.util.Map;

/** {@code spec.tags} of a Server: what every provider asks of them. */
public final class UserTags {
  private UserTags() {}

  /**
   * Refuses keys with the prefix that ownership tags have to themselves, so that nobody can give a
   * machine away with a tag.
   *
   * @throws ProviderException {@code Invalid(TagReserved)}, for the first such key by alphabet
   */
  public static void require(Map<String, String> tags) {
    tags.keySet().stream()
        .filter(tag -> tag.startsWith(Owner.TAG_PREFIX))
        .sorted()
        .findFirst()
        .ifPresent(
            tag -> {
              throw new ProviderException(
                  new Failure.Invalid(
                      "TagReserved", "spec.tags: " + tag + " has the operator's own prefix"));
            });
  }
}
