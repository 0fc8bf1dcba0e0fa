#!/usr/bin/env python3
"""Writes services/lexicon/data/countries.textproto: countries as trading partners, with ISO 3166-1 codes.

  tools/make_countries.py > services/lexicon/data/countries.textproto

Run by hand; needs Debian's iso-codes.  The Chinese name is that of iso-codes unless USUAL has the one that Chinese
statistics print.  Names that stand inside other words (海地 in 沿海地区) are written in full only.
"""

import gettext
import json

# What Chinese statistics print, with other spellings behind it.
USUAL = {
    "AE": ["阿联酋"], "BA": ["波黑"], "BN": ["文莱"], "BO": ["玻利维亚"], "BY": ["白俄罗斯"], "CD": ["刚果（金）", "刚果(金)"],
    "CG": ["刚果（布）", "刚果(布)"], "CI": ["科特迪瓦"], "CZ": ["捷克"], "DO": ["多米尼加"], "FM": ["密克罗尼西亚"], "GB": ["英国"],
    "GM": ["冈比亚"], "ID": ["印度尼西亚", "印尼"], "IR": ["伊朗"], "KG": ["吉尔吉斯斯坦"], "KP": ["朝鲜"], "KR": ["韩国"], "LA": ["老挝"],
    "MD": ["摩尔多瓦"], "MK": ["北马其顿"], "MM": ["缅甸"], "NL": ["荷兰"], "NZ": ["新西兰"], "PG": ["巴布亚新几内亚"],
    "PS": ["巴勒斯坦"], "RU": ["俄罗斯", "俄罗斯联邦"], "SA": ["沙特阿拉伯", "沙特"], "SY": ["叙利亚"], "TR": ["土耳其"], "TZ": ["坦桑尼亚"],
    "US": ["美国"], "VA": ["梵蒂冈"], "VE": ["委内瑞拉"], "VN": ["越南"], "ZA": ["南非"], "LB": ["黎巴嫩"], "LY": ["利比亚"],
    "FK": ["福克兰群岛"], "KZ": ["哈萨克斯坦"], "UZ": ["乌兹别克斯坦"], "TJ": ["塔吉克斯坦"], "TM": ["土库曼斯坦"], "MY": ["马来西亚"],
    "SG": ["新加坡"], "TH": ["泰国"], "PH": ["菲律宾"], "KH": ["柬埔寨"], "MN": ["蒙古国"], "SS": ["南苏丹"], "SK": ["斯洛伐克"],
    # In full only: 中非合作, 沿海地区, 参加纳, 巴林左旗, 马里程, 海关岛.
    "CF": ["中非共和国"], "HT": ["海地共和国"], "GH": ["加纳共和国"], "BH": ["巴林王国"], "ML": ["马里共和国"], "GU": ["关岛地区"],
    "BD": ["孟加拉国"], "BW": ["博茨瓦纳"], "GT": ["危地马拉"], "MT": ["马耳他"], "SM": ["圣马力诺"], "LC": ["圣卢西亚"],
    "PF": ["法属波利尼西亚"], "IM": ["马恩岛"], "ME": ["黑山共和国"], "DM": ["多米尼克国"], "NE": ["尼日尔"], "GE": ["格鲁吉亚"],
}
# Parts of China, and places without a usual Chinese name in statistics.
LEFT_OUT = {"CN", "HK", "MO", "TW", "AQ", "UM", "SJ", "BQ", "HM", "BV", "TF", "IO", "GS", "SH", "PM", "WF", "CC", "CX", "NF", "AX"}

translate = gettext.translation("iso_3166-1", localedir="/usr/share/locale", languages=["zh_CN"]).gettext
countries = json.load(open("/usr/share/iso-codes/json/iso_3166-1.json", encoding="utf-8"))["3166-1"]

print("# proto-file: proto/crossfoot/config/v1/lexicon.proto")
print("# proto-message: crossfoot.config.v1.Lexicon")
print("# Written by tools/make_countries.py from Debian's iso-codes (ISO 3166-1).")
print()
seen = set()
for country in sorted(countries, key=lambda entry: entry["alpha_2"]):
    code = country["alpha_2"]
    if code in LEFT_OUT:
        continue
    names = USUAL.get(code) or [translate(country.get("common_name", country["name"]))]
    if any(name in seen or not all("\u4e00" <= c <= "\u9fff" or c in "（）()·" for c in name) for name in names):
        continue
    seen.update(names)
    aliases = "".join(f' aliases: "{name}"' for name in names[1:])
    print(f'areas {{ name: "{names[0]}"{aliases} code: "{code}" level: LEVEL_PARTNER }}')
