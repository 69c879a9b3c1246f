package io.github.keycloaknylas.testkit.microsoft;

import java.util.Map;

/** Describes scopes to the person who is asked to grant them. */
final class ScopeDescriptions {

    private static final Map<String, String> WORDS = Map.ofEntries(
            Map.entry("openid", "sign you in"),
            Map.entry("profile", "see your name"),
            Map.entry("email", "see your e-mail address"),
            Map.entry("offline_access", "keep access to what you have granted"),
            Map.entry("user.read", "read your profile"),
            Map.entry("mail.read", "read your mail"),
            Map.entry("mail.readwrite", "read, change and delete your mail"),
            Map.entry("mail.send", "send mail as you"),
            Map.entry("calendars.read", "read your calendars"),
            Map.entry("calendars.readwrite", "read and change your calendars"),
            Map.entry("contacts.read", "read your contacts"),
            Map.entry("contacts.readwrite", "read and change your contacts"),
            Map.entry("people.read", "see people you work with"));

    private ScopeDescriptions() {}

    static String of(String scope) {
        String name = Scopes.parse(scope).names().iterator().next();
        return WORDS.getOrDefault(name, "use another permission");
    }
}
