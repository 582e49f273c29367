namespace Ballast.Tests.Adapters.PolicyFiles;

public static partial class FaultCases
{
    private static IEnumerable<FaultCase> Text =>
    [
        On("A section that is empty", "costs: { fee: 10 bps }\n", "costs:\n",
            15, 7, "WRONG_SHAPE", "`costs` is empty; expected keys and values, `key: value`"),
        On("A key that stands twice", "costs: { fee: 10 bps }\n", "costs: { fee: 10 bps }\ncosts: { fee: 10 bps }\n",
            16, 1, "DUPLICATE_KEY", "the key `costs` is repeated; it stands on line 15 already"),
        On("An anchor", "costs: { fee: 10 bps }\n", "costs: &c { fee: 10 bps }\n",
            15, 8, "YAML_ANCHOR", "an anchor names this value; write the value out where it is needed"),
        On("An alias", "costs: { fee: 10 bps }\n", "costs: *c\n",
            15, 8, "YAML_ALIAS", "an alias refers to another part of the file; write the value out"),
        On("A tag", "costs: { fee: 10 bps }\n", "costs: !!map { fee: 10 bps }\n",
            15, 8, "YAML_TAG", "a tag declares the kind of this value; leave it out: the key says what is meant"),
        On("A merge key", "costs: { fee: 10 bps }\n", "costs: { <<: x, fee: 10 bps }\n",
            15, 10, "UNKNOWN_KEY", "unknown key `<<`; expected fee, maker, taker, spread, slippage, borrow, optionFee, optionFeeCap, minimum, fixed, gas, impact, feeAsset, sizing or at"),
        On("A second document", "limits: { minTrade: 10 USDT }\n", "limits: { minTrade: 10 USDT }\n---\nversion: 1\n",
            17, 1, "YAML_SEVERAL_DOCUMENTS", "a second document begins here; expected one portfolio in a file"),
        On("A tab", "    - drift: 5%\n", "\t- drift: 5%\n",
            12, 1, "YAML_TAB", "a tab indents this line; expected spaces"),
        On("A bracket that never closes", "limits: { minTrade: 10 USDT }\n", "limits: { minTrade: 10 USDT\n",
            16, 27, "YAML_SYNTAX", "this is not YAML: while parsing a flow mapping, did not find expected ',' or '}'"),
        On("Text that is not YAML", "limits: { minTrade: 10 USDT }\n", "limits: \"10 USDT\n",
            16, 9, "YAML_SYNTAX", "this is not YAML: while scanning a quoted scalar, found unexpected end of stream"),
        On("A key that is no text", "limits: { minTrade: 10 USDT }\n", "{ a: b }: c\n",
            16, 1, "YAML_KEY", "a key must be text; expected `name: value`"),
        On("Nesting without end", "limits: { minTrade: 10 USDT }\n", "limits: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]\n",
            16, 41, "YAML_TOO_DEEP", "this is nested more than 32 levels deep; a portfolio needs fewer"),
        On("A control character", "limits: { minTrade: 10 USDT }\n", "limits: { minTrade: 10\u0007 USDT }\n",
            16, 23, "CONTROL_CHARACTER", "the character U+0007 stands here; expected text"),
        new("A file that is a list", "- drift: 5%\n",
            1, 1, "WRONG_SHAPE", "the portfolio is a list; expected keys and values, `key: value`"),
        new("A file that is a word", "hello\n",
            1, 1, "WRONG_SHAPE", "the portfolio is a text; expected keys and values, `key: value`"),
        new("An empty file", "",
            1, 1, "EMPTY", "the file is empty; expected a portfolio; `ballast init` writes an example"),
    ];
}
