//! Rows of a list that is published as a table: one for each item of power or responsibility.
//!
//! Lists are boilerplate: of 2,857 rows of 21 real ones, all name one of 24 ladders of persons and one of 265 sets of
//! circumstances. What several rows say is therefore kept once, as a [`RowCell`], and each row refers to it.

use serde::{Deserialize, Serialize};

use super::steps::steps;
use crate::text::Span;
use crate::unit::{Kind, Passage};

macro_rules! columns {
    ($($variant:ident $name:literal $label:literal,)*) => {
        /// What a column of such a list holds. The names are those of `seeds/lexicon/columns.tsv` and of the API.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(rename_all = "kebab-case")]
        pub enum Column {
            $(#[doc = concat!($label, ".")] $variant,)*
        }

        impl Column {
            /// Every column.
            pub const ALL: &[Column] = &[$(Column::$variant),*];

            /// The name that the vocabulary and the API use.
            pub fn name(self) -> &'static str {
                match self { $(Column::$variant => $name,)* }
            }

            /// What an officer calls it.
            pub fn label(self) -> &'static str {
                match self { $(Column::$variant => $label,)* }
            }
        }
    };
}

columns! {
    Number "number" "序号",
    PowerType "power-type" "权力类型",
    Code "code" "编码",
    Name "name" "事项名称",
    SubItem "sub-item" "子项名称",
    Basis "basis" "实施依据",
    Authority "authority" "实施主体",
    Department "department" "承办机构",
    Level "level" "实施层级及权限",
    Remit "remit" "部门职责",
    Duties "duties" "责任事项",
    DutyBasis "duty-basis" "责任事项依据",
    Persons "persons" "追责对象范围",
    Circumstances "circumstances" "追责情形",
    LiabilityBasis "liability-basis" "追责依据",
    Supervision "supervision" "监督方式",
    Remedy "remedy" "救济途径",
    Subject "subject" "实施对象",
    Condition "condition" "条件",
    Material "material" "材料",
    Procedure "procedure" "程序",
    TimeLimit "time-limit" "期限",
    Fee "fee" "收费",
    Quantity "quantity" "数量",
    Publicity "publicity" "公开",
    Region "region" "行政区划",
    Contact "contact" "联系方式",
    Status "status" "状态",
    Remark "remark" "备注",
    Text "text" "其他",
}

impl Column {
    /// The column of that name.
    pub fn from_name(name: &str) -> Option<Column> {
        Column::ALL.iter().copied().find(|column| column.name() == name)
    }

    /// Whether it says under which law something is done or someone is liable.
    pub fn is_basis(self) -> bool {
        matches!(self, Column::Basis | Column::DutyBasis | Column::LiabilityBasis)
    }
}

/// A row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListRow {
    /// Its identifier: `list/row/17`.
    pub id: String,
    /// Its name and what only this row says.
    pub text: Passage,
    /// What stands above it and others: 一、行政许可. The names of a workbook's sheets are such headings, too.
    pub section: Option<String>,
    /// The sheet of a workbook that it stands on.
    pub sheet: Option<String>,
    /// Its row there, or its line in the source, from one.
    pub row: u32,
    /// 序号 as printed.
    pub no: Option<String>,
    /// 事项名称 and 子项名称, in bytes of the text.
    pub name: Span,
    /// Its cells.
    pub fields: Vec<Field>,
}

/// A cell of a row that is not blank.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Field {
    /// What its column holds.
    pub column: Column,
    /// The column's heading as printed.
    pub heading: String,
    /// The number of the column, from one.
    pub place: u32,
    /// Its paragraphs.
    pub lines: Vec<FieldLine>,
}

/// A paragraph of a cell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldLine {
    /// The number before its words, as printed: `1.`, `（一）`.
    pub ordinal: String,
    /// Where its words are.
    pub words: FieldWords,
    /// The statute named on a line before, if this one goes on with its articles: what 第二十四条 at its head means.
    pub carried: Option<String>,
}

/// Where a cell's words are kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum FieldWords {
    /// In the row's own text.
    Own(Span),
    /// In a [`RowCell`], by its identifier without the document's: `row/3/circumstance/2`.
    Shared(String),
}

/// A paragraph of a column, for all rows that have it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowCell {
    /// Its identifier, under the first row that has it: `list/row/3/circumstance/2`.
    pub id: String,
    /// What its column holds.
    pub column: Column,
    /// The column's heading as printed.
    pub heading: String,
    /// Its words without the number before them.
    pub text: Passage,
    /// The statute whose articles it goes on with, as in [`FieldLine::carried`].
    pub carried: Option<String>,
    /// The numbers of the rows that have it.
    pub rows: Vec<u32>,
}

impl RowCell {
    /// What it is as a unit.
    pub fn kind(&self) -> Kind {
        match self.column {
            Column::Duties => Kind::Item,
            Column::Circumstances => Kind::Circumstance,
            _ => Kind::Cell,
        }
    }
}

impl ListRow {
    /// The paragraphs of its cells of one column, and what is numbered within one of them each for itself, without the numbers
    /// before them; blank ones are left out.
    pub fn lines<'t>(
        &'t self,
        column: Column,
        shared: impl Fn(&str) -> Option<&'t str>,
    ) -> impl Iterator<Item = &'t str> {
        let fields = self.fields.iter().filter(move |field| field.column == column);
        let words = fields
            .flat_map(|field| &field.lines)
            .flat_map(move |line| steps(&line.ordinal, line.words(&self.text.text, &shared)));
        words.filter(|words| !words.is_empty())
    }
}

impl Field {
    /// The cell's text, its paragraphs joined by line breaks. `own` is the row's text; `shared` gives that of other units.
    pub fn text<'t>(&self, own: &'t str, shared: impl Fn(&str) -> Option<&'t str>) -> String {
        let mut text = String::new();
        for line in &self.lines {
            if !text.is_empty() {
                text.push('\n');
            }
            text.push_str(&line.ordinal);
            text.push_str(line.words(own, &shared));
        }
        text
    }
}

impl FieldLine {
    /// Its words without the number before them.
    pub fn words<'t>(&self, own: &'t str, shared: impl Fn(&str) -> Option<&'t str>) -> &'t str {
        match &self.words {
            FieldWords::Own(span) => span.slice(own),
            FieldWords::Shared(id) => shared(id).unwrap_or_default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_called_by_their_names() {
        for &column in Column::ALL {
            assert_eq!(Column::from_name(column.name()), Some(column));
            assert_eq!(serde_json::to_value(column).expect("a name"), column.name());
        }
    }

    #[test]
    fn a_cells_text_is_put_together_again() {
        let line = |ordinal: &str, words| FieldLine { ordinal: ordinal.to_owned(), words, carried: None };
        let field = Field {
            column: Column::Circumstances,
            heading: "追责情形".to_owned(),
            place: 13,
            lines: vec![
                line("", FieldWords::Shared("row/1/circumstance/1".to_owned())),
                line("1.", FieldWords::Own(Span::new("许可\n".len(), "许可\n泄密".len()))),
            ],
        };
        let shared = |id: &str| (id == "row/1/circumstance/1").then_some("有下列情形的：");
        assert_eq!(field.text("许可\n泄密", shared), "有下列情形的：\n1.泄密");
    }
}
