package dev.provisioning.planning.server;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.provisioning.planning.config.Hashes;
import dev.provisioning.spi.model.Change;
import dev.provisioning.spi.model.NetworkRequest;

/** Names of what is sent to a provider: descriptions leave some of it out. */
final class Contents {
  private static final ObjectMapper JSON = JsonMapper.builder().build();

  private Contents() {}

  /** Of a machine to be made. Secrets count by their names: their values are nobody's to read. */
  static String of(EffectiveServer server) {
    ObjectNode content = JSON.createObjectNode();
    content.put("hostname", server.hostname());
    content.set("storage", JSON.valueToTree(server.storage()));
    content.set("network", network(server.network()));
    content.put("user", server.login().user());
    content.set("key", JSON.valueToTree(server.login().key()));
    content.set("authorizedKeys", JSON.valueToTree(server.login().authorizedKeys()));
    content.set("userData", JSON.valueToTree(server.placement().userData().orElse(null)));
    content.set("tags", JSON.valueToTree(server.tags()));
    return Hashes.content(content);
  }

  private static ObjectNode network(NetworkRequest network) {
    ObjectNode content = JSON.createObjectNode();
    content.put("publicIpv4", network.publicIpv4());
    content.put("ipv6", network.ipv6());
    content.put("vpc", network.vpc().orElse(null));
    content.put("subnet", network.subnet().orElse(null));
    content.set("firewall", JSON.valueToTree(network.firewall()));
    return content;
  }

  static String of(Change change) {
    return Hashes.content(JSON.valueToTree(change));
  }
}
