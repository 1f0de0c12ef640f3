/** Keys and logins as Secrets and specs give them. */
package dev.provisioning.controllers.access;
