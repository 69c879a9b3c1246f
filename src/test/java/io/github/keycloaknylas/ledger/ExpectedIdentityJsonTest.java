package io.github.keycloaknylas.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloaknylas.mail.ExpectedIdentity;
import io.github.keycloaknylas.mail.MailProvider;
import io.github.keycloaknylas.mail.Microsoft;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The column of an expected identity, which nodes of other versions read as well. */
class ExpectedIdentityJsonTest {

    private static final MailProvider PROVIDER = new Microsoft();

    @Test
    void theColumnHoldsThePartsAndNothingDerivedFromThem() {
        assertThat(ExpectedIdentityJson.write(new ExpectedIdentity("oid-1", null, "ada@example.com", null, null)))
                .isEqualTo("{\"objectId\":\"oid-1\",\"mail\":\"ada@example.com\"}");
    }

    @Test
    void itComesBackFromItsColumnAsItWent() {
        ExpectedIdentity odd = new ExpectedIdentity("o\"id", null, "ä\u0000\\@x", "\ud800", null);

        assertThat(ExpectedIdentityJson.read(ExpectedIdentityJson.write(odd))).isEqualTo(odd);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {"-", "''", "no json", "[]", "'{\"mail\":{}}'"})
    void whatCannotBeReadFitsNobody(String column) {
        assertThat(ExpectedIdentityJson.read(column).fits("oid-1", "ada@example.com", PROVIDER))
                .isFalse();
    }

    @Test
    void aNewerVersionMayAddToTheColumn() {
        assertThat(ExpectedIdentityJson.read("{\"mail\":\"ada@example.com\",\"novelty\":1}")
                        .fits(null, "ada@example.com", PROVIDER))
                .isTrue();
    }

    @Test
    void everyPartHasTheNameThatEarlierVersionsReadItBy() {
        assertThat(ExpectedIdentityJson.write(new ExpectedIdentity("o", "t", "m", "u", "p")))
                .isEqualTo("{\"objectId\":\"o\",\"tenantId\":\"t\",\"mail\":\"m\","
                        + "\"userPrincipalName\":\"u\",\"preferredUsername\":\"p\"}");
    }
}
