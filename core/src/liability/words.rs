//! The vocabulary of liability clauses: nouns for those who act, words with which conduct begins, words for what follows.
//!
//! The lists hold what is common to Chinese legal drafting, gathered by reading the chapters 法律责任 of laws, regulations
//! and local rules; no entry is about one statute. Where a word is missing, a subject ends too late or is not found.

/// Nouns that end the name of one who acts.
const ACTORS: &str = "
    委员会 人民法院 检察院 办事处 事务所 派出所 看守所 交易所 研究所 托儿所 拘留所 戒毒所 医务所 卫生所 合作社 旅行社 出版社
    信用社 供销社 报社 幼儿园 养老院 敬老院 福利院 基金会 董事会 监事会 理事会 养殖场 养殖小区 屠宰场 加油站 血站 服务站 工作站
    管理站 检测站 检验站 电视台 电台 单位 部门 机构 机关 组织 政府 企业 公司 法院 学校 院校 大学 学院 医院 银行 协会 商会 工会
    学会 监狱 中心 集团 团体 主体 海关 厂商 工厂 厂 商店 药店 书店 饭店 宾馆 局 平台 作坊 供应点 供应站 消防队 基地
    人民警察 警察 员工 职工 工人 军人 干部 领导 教师 医师 律师 药师 会计师 建造师 工程师 建筑师 医生 护士 居民 村民
    公民 农民 业主 雇主 家长 学生 旅客 乘客 船长 股东 董事 监事 经理 车主 货主 厂长 校长 行长 工商户 农户 商户 用户 住户 个体户
    承包户 养殖户 经营户 专业户 摊贩 双方 一方 对方 承包方 发包方 委托方 受托方 买方 卖方 公众 个人 对象 人 员 者";

/// Words that contain one of those and name nobody.
const NO_ACTORS: &str = "
    他人 本人 别人 或者 再者 二者 前者 后者 人民 人工 人身 人口 人才 人体 人为 人数 人次 人类 人事 人力 人文 人格 人均 人防 人行
    无人 个人信息 单位工程 单位面积 部门规章 政府采购 政府定价 政府指导 政府信息 政府投资 企业标准 公司债券 公司登记 公司章程
    组织实施 组织机构代码 中心城区 布局 格局 结局 局部 局面 厂房 厂区 厂址 企业名称 机构名称";

/// How names are joined.
const JOINTS: &str = "，以及 ，及其 ，或者 以及其 以及 及其 或者其 或者 和其 和 及 与 或 、";

/// Words with which conduct begins wherever they stand.
const CONDUCT: &str = "
    未 不 擅自 违反 违规 违法 违背 违章 有下列 有前 有本 有第 有上 有违 有以下 有其他 有依法 具有下列 存在下列 拒绝 拒不 逾期 泄露 泄漏
    滥用 玩忽 徇私 隐瞒 隐匿 伪造 变造 涂改 造成 致使 导致 妨碍 妨害 阻碍 阻挠 干扰 侵占 挪用 截留 骗取 贪污 收受 索取 索要 利用 被撤 被吊 被禁 被取
    被责令 被处 被依法 被解 被追 被判 无正当理由 无故 非法 故意 明知 因 应当 可以 必须 超过 超出 超越 损害 侵害 侵犯 冒用 虚构 虚报 谎报
    瞒报 迟报 漏报 弄虚作假 以欺 以暴 以其他 以任何 以虚 以不 以牟 以非 以胁 将 没有 有过 犯罪 严重";

/// What begins like one of those, or like one of the next, and belongs to a name.
const NO_CONDUCT: &str = "
    未成年 不动产 违法行为人 违法者 违法嫌疑 违法当事人 违法单位 因公 将军 有关 有权 有限 有资质 对外 对口 无线 无障碍 无人 自然 自治 自愿
    自营 从业 经济 经办 经纪 以上 以下 以及 以外 以内 在职 在校 在建 为主 再生 都市 中介 中外 中央 中国 中小 中级 内河 内资 内部 其他 其所 其工 其主 其上 其直 其负 后勤
    前款 前项 可再生 应急 能源 能够 受理机构 受托 受让 给排水 给水 向导 让与 自来水 强制隔离 强制戒毒 强制医疗 强制性";

/// Words with which conduct begins behind a name, and at the beginning of a sentence that names nobody.
const BEGINNINGS: &str = "
    在 对 向 从 以 为 于 由 经 已 仍 再次 又 均 都 只 自 如 若 有 无 把 给 之间 当 借 凭 通过 根据 依照 按照 依据 依法 中 内 间 后 前 时 同时 其
    存在 发生 出现 发现 实施 进行 作出 做出 采取 采用 制定 制发 出具 开具 开展 履行 执行 行使 指派 指使 指定 指挥 指示 授意 强令 强迫
    强制 强行 胁迫 威胁 引诱 教唆 容留 介绍 包庇 纵容 放任 默许 允许 准许 同意 核发 颁发 核准 收取 收缴 扣押 扣留 查封 冻结 没收 销毁 毁坏
    毁损 损毁 损坏 破坏 拆除 遮挡 遗弃 丢弃 倾倒 抛撒 抛洒 堆放 焚烧 燃放 排放 占用 占有 侵吞 私分 私自 私设 盗窃 盗用 窃取 抢夺 抢劫 哄抢
    诈骗 欺骗 欺诈 误导 诱骗 诱导 串通 勾结 操纵 垄断 哄抬 囤积 炒作 捏造 散布 传播 编造 篡改 修改 删改 更改 变更 改变 调换 替换 伪装 假冒
    仿冒 冒充 假借 借用 出借 转借 转包 转租 倒卖 买卖 出售 购买 收购 采集 采伐 砍伐 开采 采挖 采砂 猎捕 捕捞 捕杀 杀害 放生 移动 移植 携带 夹带
    走私 逃避 逃逸 逃匿 逃汇 规避 躲避 抗拒 对抗 围攻 殴打 辱骂 侮辱 诽谤 诬告 陷害 报复 打击 虐待 体罚 歧视 刁难 敲诈 勒索 行贿 受贿 贿赂
    赌博 嫖娼 吸食 注射 贩卖 运送 偷越 越权 越级 失职 渎职 疏于 怠于 推诿 拖延 延误 贻误 压制 干预 干涉 插手 克扣 拖欠 无偿 挤占 挪作 虚列
    多报 少报 少缴 欠缴 偷税 抗税 骗税 套取 冒领 重复 分割 拆分 抽逃 出资 兼职 兼任 担任 参与 参加 加入 退出 停止 中断 终止 中止 暂停 恢复
    开始 继续 逾越 脱离 离开 放弃 丧失 丢失 遗失 减少 降低 提高 增加 扩大 缩小 压缩 要求 请求 主张 声称 承诺 担保 抵押 质押 处分 分配 发放 支付
    偿还 返还 退还 补偿 赔偿 承担 违约 解除 解聘 辞退 开除 招收 录用 录取 雇用 雇佣 聘任 任用 安排 派遣 抽检 调查 询问 讯问 拘禁 搜查 受理
    办理 报批 报送 报请 移交 移送 移转 告知 通知 公告 公布 公开 公示 披露 透露 透漏 提交 提前 提出 出让 划拨 征用 征占 调整 划定 建造 搭建
    修建 新建 改建 扩建 开垦 围垦 开挖 挖掘 挖损 取土 弃置 驾驶 停放 停车 行驶 悬挂 张贴 涂写 刻画 喷涂 攀爬 翻越 进入 闯入 冲击 扰乱 聚众
    煽动 策划 宣扬 鼓吹 鼓动 唆使 雇请 冲闯 遮盖 超标 超量 超范围 超限 超载 过失 错误 失去 构成 情节 属于 符合 满足 达到 低于 高于 少于
    多于 视为 认为 认定 确认 决定 确定 知道 接到 收到 得知 获知 听任 任意 随意 恶意 蓄意 累计 连续 多次 尚 确有 确需 自行 应 可 能 会同
    予以 给予 并 而 致 使 让 令 比照 受 影响 污染 浪费 侵入 攻击 收集 获取 查询 窃听 偷拍 撕毁 遗漏 混淆 掺杂 掺假 虚假 夸大 抬高 压低 提供 从事";

/// Words that begin conduct, and also names: 生产假药的, 生产企业.
const ACTIVITIES: &str = "
    生产 经营 销售 使用 建设 施工 监理 运营 管理 监督 检验 检测 设计 出租 运输 储存 贮存 采购 加工 制作 制造 配制 供应 服务 承运 承包
    发包 委托 受托 租赁 承租 转让 受让 申请 投标 招标 拍卖 评估 审计 鉴定 勘察 勘探 开发 养殖 饲养 种植 屠宰 培训 教育 组织 从事 提供 举办 主办
    承办 开办 设立 设置 批准 审批 负责 登记 认证 编制 维护 维修 安装 研制 研究 进出口 进口 出口 出版 发行 印刷 复制 播放 放映 演出 发布 代理
    仲裁 调解 审核 审查 检查 执法 监察 复议 征收 缴费 缴纳 聘用 招用 报告 举报 投诉 消费 保管 保存 处置 处理 回收 拆解 产生 取得 持有 接收
    接受 引进 推广 诊治 执业 行医 捐赠 募捐 救助 宣传 监测 测绘 旅游 接待 住宿 保护 看护 监护 驾驶 收购 使用 采集 受理 公证 担保 采伐 捕捞 开采 排污 中介 广告 排放 出资 污染 介绍 扣押 强制 执行 抵押 质押 出售";

/// Words with which a clause begins that says which actor is meant: 负责审批的部门.
const RELATIVES: &str = "
    负责 从事 承担 取得 持有 接受 承接 依法 依照 实行 采用 参加 参与 行使 履行 获得 申请 提供 具有 经 已 受委托";

/// Words with which a consequence begins.
const CONSEQUENCES: &str = "
    由 责令 责成 依法 依照 依据 按照 按 根据 给予 处 并处 可以 可处 可并处 可由 应当 应予 应 没收 吊销 撤销 暂扣 取消 追究 承担 予以 对 从重
    从轻 视 除 限期 停止 警告 罚款 通报 批评 不予 不得 终止 扣 强制 收缴 追缴 追回 移送 以 适用 参照 比照 赔偿 加收 免予 解除
    建议 提请 暂停 降低 注销 公安机关 县级以上 有关部门 其主管 所在单位 上级";

/// What begins like one of those and is no consequence.
const NO_CONSEQUENCES: &str = "由于 处于 处理 对外 除外 以及 应用";

/// Words that say that something follows.
const SANCTIONS: &str = "
    处分 罚款 责令 责成 没收 吊销 警告 刑事责任 赔偿 处罚 批评 撤销 暂扣 拘留 承担 追究 有期徒刑 无期徒刑 死刑 拘役 管制 罚金 剥夺 开除 撤职
    降级 记过 免职 限期 滞纳金 通报 约谈 停业 停产 追回 追缴 收回 解聘 辞退 加收 取消 依法处理 依法予以处理 规定处理 予以处理 依法予以处置
    注销 扣除 扣减 论处 不予注册 不予许可 不予行政许可 暂停 强制 改正 退还 退回 无效 降低 代为 失信 行政责任 定罪 关闭 取缔 拆除 清除 纠正 权限处理";

/// Words behind a sanction that make it something talked about: 处分决定, 处分期.
const ABOUT_SANCTIONS: &str = "决定 期 权 程序 机关 种类 记录 档案 标准 事项 裁量 的依据 措施";

/// Words with which what persons get begins, behind 对….
const MEASURES: &str = "
    依法 依照 按照 依据 给予 由 处以 处一 处二 处三 处四 处五 处六 处七 处八 处九 处十 处百 处上一 处违 处其 处货 处1 处2 处3 处4 处5 处6 处7 处8 处9
    可以 可处 并处 责令 追究 予以 应当 应予 视情节 根据 从重 没收 暂扣 吊销 撤销 通报 批评 分别 区别 ，";

fn begins_with(words: &str, table: &str) -> bool {
    longest(words, table).is_some()
}

/// The length of the longest word of `table` that `words` begin with.
fn longest(words: &str, table: &str) -> Option<usize> {
    table.split_whitespace().filter(|entry| words.starts_with(entry)).map(str::len).max()
}

fn ends_with(words: &str, table: &str) -> bool {
    table.split_whitespace().any(|entry| words.ends_with(entry))
}

/// Whether a sentence begins with the paragraph before it: 有前款行为的.
pub(super) fn refers_back(words: &str) -> bool {
    begins_with(words, "有前 前款 前两款 前二款 违反前 犯前 有上述 对前款")
}

/// Whether something follows in these words.
pub(super) fn has_sanction(words: &str) -> bool {
    let is_imposed = |&(at, sanction): &(usize, &str)| !begins_with(&words[at + sanction.len()..], ABOUT_SANCTIONS);
    SANCTIONS.split_whitespace().any(|sanction| words.match_indices(sanction).any(|found| is_imposed(&found)))
}

/// Whether a consequence may begin here.
pub(super) fn begins_consequence(words: &str) -> bool {
    begins_with(words, CONSEQUENCES) && !begins_with(words, NO_CONSEQUENCES)
}

/// Whether these words, though without 的 at their end, still belong to the conduct: 有下列行为之一, 在检查时.
pub(super) fn refers_to_conduct(words: &str) -> bool {
    ends_with(words, "之一 时 期间 规定 要求 职责 行为 行为之日起")
        && !begins_with(words, "由 责令 给予 追究 没收 处 予以")
}

/// Where what persons get begins: the first byte.
pub(super) fn measure_begins(words: &str) -> Option<usize> {
    MEASURES.split_whitespace().filter_map(|measure| words.find(measure)).min()
}

/// The length of the noun for an actor that `words` begin with.
pub(super) fn actor(words: &str) -> Option<usize> {
    if begins_with(words, NO_ACTORS) { None } else { longest(words, ACTORS) }
}

/// The length of a word that looks like an actor and is none.
pub(super) fn no_actor(words: &str) -> Option<usize> {
    longest(words, NO_ACTORS)
}

/// Whether the last noun is one for an actor.
pub(super) fn ends_with_actor(words: &str) -> bool {
    let words = words.strip_suffix('等').unwrap_or(words);
    ends_with(words, ACTORS) && !ends_with(words, NO_ACTORS)
}

/// The length of what joins two names.
pub(super) fn joint(words: &str) -> usize {
    let etc = if words.starts_with('等') { '等'.len_utf8() } else { 0 };
    longest(&words[etc..], JOINTS).map_or(0, |joint| etc + joint)
}

/// Whether conduct begins here, whatever stands before.
pub(super) fn certainly_conduct(words: &str) -> bool {
    begins_with(words, CONDUCT) && !begins_with(words, NO_CONDUCT)
}

/// Whether conduct stands somewhere in these words.
pub(super) fn has_conduct(words: &str) -> bool {
    words.char_indices().any(|(at, _)| certainly_conduct(&words[at..]))
}

/// Whether conduct begins here: behind a name, or at the beginning of a sentence that names nobody.
pub(super) fn begins_conduct(words: &str) -> bool {
    if begins_with(words, NO_CONDUCT) {
        return false;
    }
    if begins_with(words, ACTIVITIES) {
        return agent(words, FARTHEST_AGENT).is_none();
    }
    begins_with(words, CONDUCT) || begins_with(words, BEGINNINGS)
}

/// The same behind a name that nothing joins to what follows: 企业使用其他企业的 is conduct, 企业管理人员 is one name.
pub(super) fn begins_conduct_behind_a_name(words: &str) -> bool {
    let part_of_the_name = agent(words, FARTHEST_PART).is_some_and(|noun| begins_with(noun, PARTS));
    begins_conduct(words) || begins_with(words, ACTIVITIES) && !part_of_the_name
}

/// Between an activity and the noun for who does it stand at most so many characters that are no activities.
const FARTHEST_AGENT: usize = 5;
/// And where the activity itself stands behind another actor.
const FARTHEST_PART: usize = 2;

/// Nouns for parts of a body and for its people.
const PARTS: &str = "部门 机构 机关 委员会 人员 工作人员 负责人 人 员 者";

/// The noun, and all behind it, of the name that an activity is part of: 生产、销售企业, 监督检查人员.
fn agent(words: &str, mut between: usize) -> Option<&str> {
    let mut rest = words;
    loop {
        if let Some(activity) = longest(rest, ACTIVITIES) {
            rest = &rest[activity..];
        } else if actor(rest).is_some() {
            return Some(rest);
        } else if longest(rest, NO_ACTORS).is_some_and(|length| &rest[..length] != "或者") || certainly_conduct(rest)
        {
            return None;
        } else if joint(rest) > 0 {
            rest = &rest[joint(rest)..];
        } else {
            let c = rest.chars().next().filter(|_| between > 0)?;
            between -= 1;
            rest = &rest[c.len_utf8()..];
        }
    }
}

/// Behind the 的 of such a clause the noun stands at most so many characters off.
const FARTHEST_NOUN: usize = 12;

/// Where the name ends that begins with a clause about the actor: 负责审核环境影响评价文件的部门.
pub(super) fn described_actor(words: &str) -> Option<usize> {
    if !begins_with(words, RELATIVES) {
        return None;
    }
    let clause = words.find('的').filter(|&end| !has_conduct(&words[..end]) && !words[..end].contains(['，', ',']))?;
    let mut at = clause + '的'.len_utf8();
    for _ in 0..FARTHEST_NOUN {
        let rest = &words[at..];
        if begins_conduct(rest) {
            return None;
        }
        if let Some(length) = actor(rest) {
            return Some(at + length);
        }
        at += no_actor(rest).or_else(|| rest.chars().next().map(char::len_utf8))?;
    }
    None
}

/// The bytes at the beginning that only say which rule was broken: 违反本条例规定.
pub(super) fn preamble(words: &str) -> usize {
    if !begins_with(words, "违反 不遵守 根据 依照 按照 本条例 本办法 本法 本规定") {
        return 0;
    }
    let end = ["规定", "要求"].iter().filter_map(|end| words.find(end).map(|at| at + end.len())).min();
    end.filter(|&end| !words[end..].starts_with('的')).unwrap_or(0)
}

/// Whether a piece only says when or where: 在施工过程中, 发生突发事件时.
pub(super) fn is_circumstance_of_time(words: &str) -> bool {
    begins_with(words, "在 自 当 除 于 发生 出现") && ends_with(words, "时 期间 中 内 后 前 外 起 情况下 上")
}
