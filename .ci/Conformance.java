// Checks files against PDF/A-3a and PDF/UA-1 by veraPDF's engine, and prints each rule that fails.
// java -cp <engine and JAXB> .ci/Conformance.java FILE...

import java.io.FileInputStream;
import java.io.InputStream;
import java.util.TreeSet;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

public class Conformance {
    private static final PDFAFlavour[] FLAVOURS = {PDFAFlavour.PDFA_3_A, PDFAFlavour.PDFUA_1};

    public static void main(String[] files) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        int failures = 0;
        for (String file : files) {
            for (PDFAFlavour flavour : FLAVOURS) {
                failures += check(file, flavour);
            }
        }
        System.out.printf("%d files, %d failures%n", files.length, failures);
        System.exit(failures == 0 && files.length > 0 ? 0 : 1);
    }

    private static int check(String file, PDFAFlavour flavour) throws Exception {
        try (InputStream stream = new FileInputStream(file);
                PDFAParser parser = Foundries.defaultInstance().createParser(stream, flavour);
                PDFAValidator validator =
                        Foundries.defaultInstance().createValidator(flavour, false)) {
            ValidationResult result = validator.validate(parser);
            TreeSet<String> rules = new TreeSet<>();
            for (TestAssertion each : result.getTestAssertions()) {
                if (each.getStatus() == TestAssertion.Status.FAILED) {
                    rules.add(each.getRuleId().getClause() + "-" + each.getRuleId().getTestNumber()
                            + " " + each.getMessage());
                }
            }
            for (String rule : rules) {
                System.out.printf("%s: %s: %s%n", file, flavour.getId(), rule);
            }
            return result.isCompliant() ? 0 : Math.max(1, rules.size());
        }
    }
}
