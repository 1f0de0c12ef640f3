/**
 * The one loop that all kinds share: Observe → Plan → Report → Act. Nothing here knows a kind. A
 * kind gives its four roles as a {@link dev.provisioning.controllers.engine.Kind}.
 */
package dev.provisioning.controllers.engine;
