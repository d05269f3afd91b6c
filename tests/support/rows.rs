//! A list whose items are the rows of a table.

/// A list of rows with types of power and offices.
pub fn rows() -> String {
    let mut list = "# 柳河县交通运输局权力清单和责任清单\n\n\
        | 序号 | 权力类型 | 事项名称 | 承办机构 | 责任事项 | 追责情形 | 实施依据 |\n\
        |----|----|----|----|----|----|----|\n"
        .to_owned();
    let kinds = ["行政处罚", "行政许可", "行政检查"];
    let offices = ["法规科", "运输科"];
    let things = ["车辆", "渡口", "公路用地", "危险货物"];
    for number in 0..60 {
        let (kind, office, thing) = (kinds[number % 3], offices[number % 2], things[number % 4]);
        let (day, article) = (number % 7 + 3, number + 1);
        list.push_str(&format!(
            "| {article} | {kind} | 对{thing}的第{article}项{kind} | {office} | 1.受理责任：{day}日内审查{thing}的申请材料。 | \
             1.滥用职权、玩忽职守的；2.收受{thing}经营者财物的。 | 《垃圾分类条例》第{article}条 |\n"
        ));
    }
    list
}
