package dev.provisioning.operator.clients;

import dev.provisioning.api.workspace.Provider;
import dev.provisioning.spi.ProviderException;
import dev.provisioning.spi.model.Failure;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.Set;

/**
 * Where an entry's {@code endpoint} may lead (P23): the operator reaches more than who writes
 * Workspaces, and sends credentials there.
 *
 * @param insecureAllowed whether the operator's administrator accepts what is not encrypted
 */
record Endpoints(boolean insecureAllowed) {
  private static final Set<String> SAFE = Set.of("https", "unix");

  /**
   * @throws ProviderException {@code Invalid(EndpointInvalid, EndpointForbidden, EndpointInsecure)}
   */
  void check(Provider entry, String workspace) {
    if (entry.endpoint() == null) {
      return;
    }
    URI endpoint = parsed(entry, workspace);
    Optional<InetAddress> address = literal(endpoint);
    if (address.filter(InetAddress::isLinkLocalAddress).isPresent()) {
      throw invalid(
          "EndpointForbidden",
          entry,
          workspace,
          "is link-local, where clouds hand out credentials of machines; write the provider's address");
    }
    boolean here =
        address.filter(InetAddress::isLoopbackAddress).isPresent()
            || "localhost".equals(endpoint.getHost());
    if (!SAFE.contains(endpoint.getScheme()) && !here && !insecureAllowed) {
      throw invalid(
          "EndpointInsecure",
          entry,
          workspace,
          "is not encrypted and not on this computer; use https, or let the operator's"
              + " administrator set provisioning.providers.allow-insecure-endpoints");
    }
  }

  private static URI parsed(Provider entry, String workspace) {
    try {
      return new URI(entry.endpoint());
    } catch (URISyntaxException e) {
      throw invalid("EndpointInvalid", entry, workspace, "is no address: " + e.getReason());
    }
  }

  /** Names are not looked up: that would be a question to the network in each pass. */
  private static Optional<InetAddress> literal(URI endpoint) {
    if (endpoint.getHost() == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.ofLiteral(endpoint.getHost()));
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // a name
    }
  }

  private static ProviderException invalid(
      String reason, Provider entry, String workspace, String what) {
    return new ProviderException(
        new Failure.Invalid(
            reason,
            "provider %s of Workspace %s: endpoint %s %s"
                .formatted(entry.name(), workspace, entry.endpoint(), what)));
  }
}
