/** What is remembered between passes, and how it may be loaded. */
package dev.provisioning.controllers.caches;
